export { buildProcessTree, findProcess } from './buildProcessTree';
export { hasState, readProcesses, toText } from './readProcesses';
export type { ReadProcess } from './readProcesses';
