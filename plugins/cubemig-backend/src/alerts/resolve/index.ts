export { AlertResolver } from './AlertResolver';
export { EntityFinder } from './EntityFinder';
export { listLineage } from './listLineage';
export { runsContainer } from './PodDirectory';
export { traceLineage, type MigrationHistory } from './traceLineage';
