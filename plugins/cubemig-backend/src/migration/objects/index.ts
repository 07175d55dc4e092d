export { buildCourierJob } from './buildCourierJob';
export { buildPrePullPod } from './buildPrePullPod';
export { buildRestoredPod } from './buildRestoredPod';
export * from './names';
export { planCutOver } from './planCutOver';
export type { CutOverPlan } from './planCutOver';
export { referencesOf } from './referencesOf';
