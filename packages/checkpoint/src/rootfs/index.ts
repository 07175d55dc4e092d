export { readRootfsChanges } from './readRootfsChanges';
export type { RootfsChanges } from './readRootfsChanges';
export { sensitiveFiles } from './sensitiveFiles';
