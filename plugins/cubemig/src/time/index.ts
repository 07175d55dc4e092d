export { Age } from './Age';
export { durationBetween, formatAge, formatDuration } from './formatDuration';
export { RelativeTime } from './RelativeTime';
export { useNow } from './useNow';
