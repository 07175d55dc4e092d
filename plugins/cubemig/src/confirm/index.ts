export { ConfirmDialog } from './ConfirmDialog';
export { useAction } from './useAction';
