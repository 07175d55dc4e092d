export { DatabaseMigrationStore } from './DatabaseMigrationStore';
export * from './MigrationFacts';
export * from './MigrationStore';
