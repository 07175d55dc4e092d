export { createEndAudit } from './createEndAudit';
export { createRegistryClient } from './createRegistryClient';
export { MigrationEngine } from './MigrationEngine';
export type { MigrationTools } from './MigrationRun';
export { MigrationService } from './MigrationService';
export { MigrationWorker } from './MigrationWorker';
export { steps } from './steps';
export { DatabaseMigrationStore } from './store';
export type { MigrationStore } from './store';
