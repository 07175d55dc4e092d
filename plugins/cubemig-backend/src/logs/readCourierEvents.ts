import {
  CourierEvent,
  courierEventSchema,
  LABEL_MIGRATION,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { ClusterClient } from '../clusters';

/** A courier that is at work never ends its log: what it has said by then is enough. */
const READING_MS = 1_500;
const MAX_EVENTS = 2_000;

/** What a migration's courier has said so far. Its log goes with its Job; then there is nothing. What is no event is left out. */
export async function readCourierEvents(
  { id }: Migration,
  client: ClusterClient,
  namespace: string,
): Promise<CourierEvent[]> {
  const pods = await client.list('Pod', {
    namespace,
    labelSelector: `${LABEL_MIGRATION}=${id}`,
  });
  const logs = await Promise.all(
    pods.map(({ metadata, spec }) =>
      readLog(client, {
        namespace,
        name: metadata!.name!,
        container: spec!.containers[0].name,
      }),
    ),
  );
  return logs
    .flat()
    .sort((a, b) => a.sequence - b.sequence)
    .slice(0, MAX_EVENTS);
}

async function readLog(
  client: ClusterClient,
  key: { namespace: string; name: string; container: string },
): Promise<CourierEvent[]> {
  const events: CourierEvent[] = [];
  const signal = AbortSignal.timeout(READING_MS);
  try {
    for await (const line of client.followLog(key, signal)) {
      const event = parseEvent(line);
      if (event) events.push(event);
      if (events.length === MAX_EVENTS) break;
    }
  } catch (error) {
    // A pod that has not started has no log, and one that works on is left.
    if (!signal.aborted && events.length > 0) throw error;
  }
  return events;
}

function parseEvent(line: string): CourierEvent | undefined {
  try {
    return courierEventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
