export { AlertIntake, type TakenAlerts } from './AlertIntake';
export { AlertWorker } from './AlertWorker';
export { alertsConfigSchema, type AlertsConfig } from './alertsConfig';
export * from './resolve';
export * from './store';
