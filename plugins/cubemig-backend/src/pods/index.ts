export { EntityFinder } from './EntityFinder';
export { findNodeObstacle, parseVersion } from './findNodeObstacle';
export { judgeNode } from './judgeNode';
export { parseQuantity } from './parseQuantity';
export {
  findObstacle,
  findOwnerObstacle,
  findPinObstacle,
  findReadinessObstacle,
  findStateObstacle,
} from './findObstacle';
export { kubernetesIdOf, PodReader } from './PodReader';
export { hasCondition, isPodReady, podStatus } from './podStatus';
export { resolveOwner } from './resolveOwner';
export { isNodeReady, summarizeNode } from './summarizeNode';
export { summarizePod } from './summarizePod';
