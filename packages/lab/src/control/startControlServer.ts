import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { ApiError } from '../api/ApiError';
import type { ClusterStore } from '../api/ClusterStore';
import { sendError, sendJson } from '../api/server/messages';
import type { Falco } from '../falco/Falco';
import type { Faults } from '../faults/Faults';
import { controlAlerts, sendAlerts } from './controlAlerts';
import { controlFaults } from './controlFaults';

export interface ControlServer {
  url: string;
  close(): Promise<void>;
}

/** What the control server may do to a cluster. */
export interface ControlledCluster {
  name: string;
  store: ClusterStore;
  falco: Falco;
}

export interface ControlOptions {
  host: string;
  port: number;
  /** The bearer token of all calls. */
  token: string;
  clusters: ControlledCluster[];
  faults: Faults;
}

/** Serves what tests and demonstrations may do to the lab: `/faults` and `/alerts`. */
export async function startControlServer(
  options: ControlOptions,
): Promise<ControlServer> {
  const server = createServer((message, response) => {
    answer(options, message, response).catch(error =>
      sendError(response, error),
    );
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    url: `http://${options.host}:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  { token, clusters, faults }: ControlOptions,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isSame(message.headers.authorization ?? '', `Bearer ${token}`)) {
    throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  }
  switch (message.url) {
    case '/faults':
      sendJson(response, 200, await controlFaults(message, clusters, faults));
      break;
    case '/alerts':
      sendAlerts(response, await controlAlerts(message, clusters));
      break;
    default:
      throw new ApiError(404, 'NotFound', `${message.url} does not exist`);
  }
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [left, right].map(text =>
    createHash('sha256').update(text).digest(),
  );
  return timingSafeEqual(a, b);
}
