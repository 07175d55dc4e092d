export const home = {
  problem: 'What CubeMig knows could not be read',
  openAlerts: 'Open alerts',
  awaiting: 'Waiting for approval',
  running: 'Running migrations',
  noAlerts: 'Nothing is open.',
  noneAwaiting: 'Nothing waits for a person.',
  noneRunning: 'No pod is on its way.',
  denied: 'You may not see this',
  deniedDetail:
    'It takes cubemig.alert.read for all services, or cubemig.migration.read.',
} as const;
