export const card = {
  title: 'CubeMig',
  problem: 'What is known of this service could not be read',
  lastMigration: 'Last migration',
  noMigration: 'Not migrated yet',
  openAlerts: 'Open alerts',
  noAlerts: 'None',
  worstFinding: 'Worst finding',
  noFinding: 'None',
  notPermitted: 'not for you to see',
  toTab: 'Pods and migrations',
} as const;
