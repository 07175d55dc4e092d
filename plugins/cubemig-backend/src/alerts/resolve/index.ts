export { AlertResolver } from './AlertResolver';
export { listLineage } from './listLineage';
export { runsContainer } from './PodDirectory';
export { traceLineage, type MigrationHistory } from './traceLineage';
