export { assembleRestoredPod, isRestricted } from './assembleRestoredPod';
export { buildCheckpointTask } from './buildCheckpointTask';
export { buildCourierJob } from './buildCourierJob';
export { buildIsolation } from './buildIsolation';
export { buildPrePullPod } from './buildPrePullPod';
export { buildSweepJob } from './buildSweepJob';
export { describeRegistry } from './describeRegistry';
export * from './names';
export * from './ordinals';
export * from './platformSecrets';
export { planCutOver } from './planCutOver';
export type { CutOverPlan } from './planCutOver';
export {
  buildStatefulSet,
  makeRoomIn,
  ON_DELETE,
  planSetJoin,
} from './planSetJoin';
export type { SetJoin } from './planSetJoin';
export type { Companion } from './quarantinePod';
export { recipientsOf } from './recipientsOf';
export { clusterReferencesOf, referencesOf } from './referencesOf';
export type { Reference } from './referencesOf';
export { requireSelected } from './requireSelected';
export { travellersOf } from './travellersOf';
export { travellingVolumes, volumesOf, whyVolumesStay } from './volumes';
