export { Retention } from './Retention';
export { scheduleRetention } from './scheduleRetention';
