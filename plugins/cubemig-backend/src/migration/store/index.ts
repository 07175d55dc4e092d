export { DatabaseMigrationStore } from './DatabaseMigrationStore';
export * from './MigrationStore';
