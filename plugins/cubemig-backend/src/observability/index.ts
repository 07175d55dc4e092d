export { announceChanges } from './announceChanges';
export { ChangeSignals } from './ChangeSignals';
export { createEndMetrics } from './createEndMetrics';
export { createEndNotice } from './createEndNotice';
