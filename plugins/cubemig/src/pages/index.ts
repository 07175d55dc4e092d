export {
  clustersPage,
  cubemigPage,
  logsPage,
  migrationsPage,
  rulesPage,
  securityPage,
  simulationPage,
} from './cubemigPages';
