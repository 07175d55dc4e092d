export { AlertIntake } from './AlertIntake';
export { alertsConfigSchema, type AlertsConfig } from './alertsConfig';
export * from './store';
