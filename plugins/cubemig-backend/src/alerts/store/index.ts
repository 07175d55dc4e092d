export type { AlertReader, AlertSelection } from './AlertReader';
export { fromRow, type AlertRow } from './AlertRow';
export * from './AlertStore';
export { isOfCriu } from './isOfCriu';
export { DatabaseAlertReader } from './DatabaseAlertReader';
export { DatabaseAlertStore } from './DatabaseAlertStore';
export { troubleOf } from './troubleOf';
export { writeAhead } from './writeAhead';
