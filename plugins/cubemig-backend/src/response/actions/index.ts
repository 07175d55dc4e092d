export { logAction } from './logAction';
export { Messenger } from './Messenger';
export { AUTOMATION, migrationActions } from './migrationActions';
export { notifyAction } from './notifyAction';
export { ResponseActions } from './ResponseActions';
