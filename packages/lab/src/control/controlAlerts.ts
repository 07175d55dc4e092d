import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../api/ApiError';
import { readObject } from '../api/server/messages';
import { formatAlert } from '../falco/describeAlert';
import { makeUpAlerts } from '../falco/makeUpAlerts';
import type { ControlledCluster } from './startControlServer';

const MAX_COUNT = 100_000;

/** `GET /alerts` lists the last alerts and what became of them, `POST` makes some up. Body: a cluster's name and `MadeUpAlerts`. */
export async function controlAlerts(
  message: IncomingMessage,
  clusters: ControlledCluster[],
): Promise<ControlledCluster[]> {
  switch (message.method) {
    case 'GET':
      break;
    case 'POST':
      tellMadeUp(await readObject(message), clusters);
      break;
    default:
      throw new ApiError(405, 'MethodNotAllowed', 'use GET or POST');
  }
  return clusters;
}

/** In Falco's own JSON: its numbers are more than a double holds. */
export function sendAlerts(
  response: ServerResponse,
  clusters: ControlledCluster[],
): void {
  const items = clusters.map(
    ({ name, falco }) =>
      `{"cluster":"${name}","counts":${
        JSON.stringify(falco.sender?.counts) ?? null
      },"recent":[${falco.recent().map(formatAlert).join(',')}]}`,
  );
  response
    .writeHead(200, { 'Content-Type': 'application/json' })
    .end(`{"clusters":[${items.join(',')}]}`);
}

function tellMadeUp(
  { cluster, count = 1, rule, ...rest }: Record<string, any>,
  clusters: ControlledCluster[],
): void {
  const found = clusters.find(({ name }) => name === cluster);
  if (!found) {
    const names = clusters.map(({ name }) => name).join(', ');
    throw new ApiError(400, 'BadRequest', `cluster: one of ${names}`);
  }
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new ApiError(400, 'BadRequest', `count: 1 to ${MAX_COUNT}`);
  }
  const wanted = {
    namespace: 'demo',
    pod: 'made-up',
    ...rest,
    rule: rule ?? 'Terminal shell in container',
    count,
  };
  for (const alert of makeUpAlerts(wanted, found.store)) {
    found.falco.tell(alert);
  }
}
