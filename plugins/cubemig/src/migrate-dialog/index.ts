export { MigrateDialog } from './MigrateDialog';
export type { Passenger } from './passenger';
export { passengerAmong, passengerOf } from './passenger';
