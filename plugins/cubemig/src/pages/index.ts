export {
  clustersPage,
  cubemigPage,
  docsPage,
  logsPage,
  migrationsPage,
  rulesPage,
  securityPage,
  simulationPage,
} from './cubemigPages';
