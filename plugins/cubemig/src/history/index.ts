export { MigrationHistory } from './MigrationHistory';
export { useEntityMigrations } from './useEntityMigrations';
