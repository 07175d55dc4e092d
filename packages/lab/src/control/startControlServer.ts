import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { ApiError } from '../api/ApiError';
import {
  readBody,
  readObject,
  sendError,
  sendJson,
} from '../api/server/messages';
import type { Faults } from '../faults/Faults';
import { checkFault } from '../faults/checkFault';

export interface ControlServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves what tests and demonstrations may do to the lab: `GET /faults` lists what is switched on, `POST /faults` switches a fault on,
 * `DELETE /faults` switches one off, or all where it has no body. Body: a `Fault`. With the bearer token of lab.json.
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
      const body = await readBody(message);
      if (body) {
        const fault = checkFault(body, clusters);
        faults.clear(fault.fault, fault);
      } else {
        faults.clearAll();
      }
      break;
    }
    default:
      throw new ApiError(405, 'MethodNotAllowed', 'use GET, POST or DELETE');
  }
  sendJson(response, 200, { faults: faults.list() });
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [left, right].map(text =>
    createHash('sha256').update(text).digest(),
  );
  return timingSafeEqual(a, b);
}
