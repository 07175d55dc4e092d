export { findNodeObstacle } from './findNodeObstacle';
export { findObstacle } from './findObstacle';
export { kubernetesIdOf, PodReader } from './PodReader';
export { hasCondition, isPodReady, podStatus } from './podStatus';
export { resolveOwner } from './resolveOwner';
export { isNodeReady, summarizeNode } from './summarizeNode';
export { summarizePod } from './summarizePod';
