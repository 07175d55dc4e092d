export { entityMigrationsContent } from './entityMigrationsContent';
