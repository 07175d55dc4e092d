export { anchorOf } from './anchor';
export { PodAction } from './PodAction';
export { PodsByCluster } from './PodsByCluster';
export { PodStatus } from './PodStatus';
export { PodsSkeleton } from './PodsSkeleton';
export { useEntityPods } from './useEntityPods';
