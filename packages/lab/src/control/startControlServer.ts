import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { ApiError, badRequest } from '../api/ApiError';
import { readObject, sendError, sendJson } from '../api/server/messages';
import { FAULT_NAMES, type Fault, type Faults } from '../faults/Faults';

export interface ControlServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves what tests and demonstrations may do to the lab: `GET /faults` lists what is switched on, `POST /faults` switches a fault on,
 * `DELETE /faults` switches one off. Body: `{cluster, fault, message?}`, with the bearer token of lab.json.
 */
export async function startControlServer(options: {
  host: string;
  port: number;
  token: string;
  clusters: string[];
  faults: Faults;
}): Promise<ControlServer> {
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
  {
    token,
    clusters,
    faults,
  }: { token: string; clusters: string[]; faults: Faults },
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isSame(message.headers.authorization ?? '', `Bearer ${token}`)) {
    throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  }
  if (message.url !== '/faults') {
    throw new ApiError(404, 'NotFound', `${message.url} does not exist`);
  }
  switch (message.method) {
    case 'GET':
      break;
    case 'POST':
      faults.set(checkFault(await readObject(message), clusters));
      break;
    case 'DELETE': {
      const { cluster, fault } = checkFault(
        await readObject(message),
        clusters,
      );
      faults.clear(cluster, fault);
      break;
    }
    default:
      throw new ApiError(405, 'MethodNotAllowed', 'use GET, POST or DELETE');
  }
  sendJson(response, 200, { faults: faults.list() });
}

function checkFault(body: any, clusters: string[]): Fault {
  const { cluster, fault, message } = body;
  if (!clusters.includes(cluster)) {
    throw badRequest(`cluster: one of ${clusters.join(', ')}`);
  }
  if (!FAULT_NAMES.includes(fault)) {
    throw badRequest(`fault: one of ${FAULT_NAMES.join(', ')}`);
  }
  if (message !== undefined && typeof message !== 'string') {
    throw badRequest('message: a text');
  }
  return { cluster, fault, ...(message ? { message } : {}) };
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [left, right].map(text =>
    createHash('sha256').update(text).digest(),
  );
  return timingSafeEqual(a, b);
}
