export { FirstRun } from './FirstRun';
export { useReading } from './useFirstRun';
