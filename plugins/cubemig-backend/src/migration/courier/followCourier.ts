import {
  CourierEvent,
  courierEventSchema,
} from '@cubemig/plugin-cubemig-common';
import { ClusterClient, KubePod } from '../../clusters';
import { MigrationRun } from '../MigrationRun';
import { foldCourierEvent } from './foldCourierEvent';

/** Progress is stored this often at most, in milliseconds. */
const PROGRESS_INTERVAL_MS = 500;
/** A courier that writes more than this is not ours, or has gone mad. */
const MAX_EVENTS = 100_000;

/** Turns the courier's log into the step's phases while it is being written. Lines that are no events are left out. */
export async function followCourier(
  run: MigrationRun,
  client: ClusterClient,
  pod: KubePod,
  signal: AbortSignal,
) {
  const { namespace = '', name = '' } = pod.metadata!;
  const key = { namespace, name, container: 'courier' };
  let sequence = 0;
  let badLines = 0;
  let savedAt = 0;
  for await (const line of client.followLog(key, signal)) {
    const event = parseEvent(line);
    if (!event) badLines += 1;
    if (!event || event.sequence <= sequence) continue;
    sequence = event.sequence;
    if (sequence > MAX_EVENTS) break;
    const phases = foldCourierEvent(phasesOf(run), event);
    const isDue = Date.now() - savedAt >= PROGRESS_INTERVAL_MS;
    if (event.type === 'progress' && !isDue) continue;
    savedAt = Date.now();
    await run.save({
      steps: run.migration.steps.map(step =>
        step.name === 'checkpoint' ? { ...step, phases } : step,
      ),
    });
  }
  if (badLines > 0) {
    await run.note(
      `${badLines} line(s) of the courier's log could not be understood`,
      'warning',
    );
  }
}

function phasesOf({ migration }: MigrationRun) {
  return (
    migration.steps.find(({ name }) => name === 'checkpoint')?.phases ?? []
  );
}

function parseEvent(line: string): CourierEvent | undefined {
  try {
    return courierEventSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
