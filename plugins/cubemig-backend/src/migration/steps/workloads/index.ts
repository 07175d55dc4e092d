export { creation, toYaml } from './actions';
export { strategyOf } from './strategyOf';
export type { WorkloadStrategy } from './WorkloadStrategy';
