export { buildProcessTree, findProcess } from './buildProcessTree';
export { hasState, readProcesses } from './readProcesses';
export type { ReadProcess } from './readProcesses';
