export { announceChanges } from './announceChanges';
export { ChangeSignals } from './ChangeSignals';
export { createAssessmentMetrics } from './createAssessmentMetrics';
export { createEndMetrics } from './createEndMetrics';
export { createEndNotice } from './createEndNotice';
