export { anchorOf } from './anchor';
export { PodsByCluster } from './PodsByCluster';
export { PodsSkeleton } from './PodsSkeleton';
export { useEntityPods } from './useEntityPods';
