export { DatabaseMigrationStore } from './DatabaseMigrationStore';
export * from './MigrationFacts';
export { RetentionStore } from './RetentionStore';
export type { EndedMigration } from './RetentionStore';
export * from './MigrationStore';
