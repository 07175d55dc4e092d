export {
  clustersPage,
  cubemigPage,
  migrationsPage,
  securityPage,
} from './cubemigPages';
