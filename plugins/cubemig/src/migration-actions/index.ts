export { hasCheckpoints } from './hasCheckpoints';
export { RowMenu } from './RowMenu';
export { useDownload } from './useDownload';
export { useRestore } from './useRestore';
export { useRetry } from './useRetry';
