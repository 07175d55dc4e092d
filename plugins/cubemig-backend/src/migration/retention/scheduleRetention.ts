import { SchedulerService } from '@backstage/backend-plugin-api';
import { Retention } from './Retention';

/** Has retention done now and then, by one of all backends at a time. */
export async function scheduleRetention(
  scheduler: SchedulerService,
  retention: Retention,
  everyMinutes: number,
) {
  await scheduler.scheduleTask({
    id: 'cubemig-retention',
    frequency: { minutes: everyMinutes },
    // Not while everybody starts.
    initialDelay: { minutes: 1 },
    timeout: { hours: 1 },
    fn: () => retention.run(),
  });
}
