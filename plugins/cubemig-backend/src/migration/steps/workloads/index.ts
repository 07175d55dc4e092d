export { creation, toYaml } from './actions';
export { CannotReleaseError } from './CannotReleaseError';
export { strategyOf, withheldLabels } from './strategyOf';
export type { WorkloadStrategy } from './WorkloadStrategy';
