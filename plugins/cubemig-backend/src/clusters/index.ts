export { amend } from './amend';
export { ClusterApiError, isRefusal } from './ClusterApiError';
export type { ClusterClient } from './ClusterClient';
export type { Clusters } from './Clusters';
export { explainClusterError } from './explainClusterError';
export * from './kinds';
export { KubernetesPluginClusters } from './KubernetesPluginClusters';
export { DeadlineError, mayPass, waitFor } from './waitFor';
