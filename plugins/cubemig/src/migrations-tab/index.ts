export {
  entityMigrationsContent,
  entityMigrationsRouteRef,
} from './entityMigrationsContent';
