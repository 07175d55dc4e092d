export { creation, toYaml } from './actions';
export { strategyOf, withheldLabels } from './strategyOf';
export type { WorkloadStrategy } from './WorkloadStrategy';
