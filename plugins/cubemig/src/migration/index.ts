export { MigrationPanel } from './MigrationPanel';
export { MigrationStatusLabel } from './MigrationStatusLabel';
export { describeDuration, isActive, sizeOf } from './progress';
export { Route } from './Route';
export { UserName } from './UserName';
