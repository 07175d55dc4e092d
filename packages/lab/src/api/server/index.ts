export * from './ApiServer';
export type { ServedCluster } from './ServedCluster';
