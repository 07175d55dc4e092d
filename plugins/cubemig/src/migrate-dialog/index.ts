export { MigrateDialog } from './MigrateDialog';
export { passengerOf } from './passenger';
