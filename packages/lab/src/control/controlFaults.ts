import type { IncomingMessage } from 'node:http';
import { ApiError } from '../api/ApiError';
import { readBody, readObject } from '../api/server/messages';
import { checkFault } from '../faults/checkFault';
import type { Fault, Faults } from '../faults/Faults';

/**
 * `GET /faults` lists what is switched on, `POST` switches a fault on, `DELETE` switches one off, or all where it has no body. Body: a
 * `Fault`.
 */
export async function controlFaults(
  message: IncomingMessage,
  clusters: { name: string }[],
  faults: Faults,
): Promise<{ faults: Fault[] }> {
  const names = clusters.map(({ name }) => name);
  switch (message.method) {
    case 'GET':
      break;
    case 'POST':
      faults.set(checkFault(await readObject(message), names));
      break;
    case 'DELETE': {
      const body = await readBody(message);
      if (body) {
        const fault = checkFault(body, names);
        faults.clear(fault.fault, fault);
      } else {
        faults.clearAll();
      }
      break;
    }
    default:
      throw new ApiError(405, 'MethodNotAllowed', 'use GET, POST or DELETE');
  }
  return { faults: faults.list() };
}
