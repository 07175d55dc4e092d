import { badRequest } from '../api/ApiError';
import { FAULT_KINDS, faultKind, type FaultName } from './faultKinds';
import type { Fault } from './Faults';

/** Reads what somebody asks to be switched on or off; throws 400 with what may be said. */
export function checkFault(body: any, clusters: string[]): Fault {
  const { fault: name, cluster, node, cause, message } = body;
  demand(name in FAULT_KINDS, 'fault', oneOf(Object.keys(FAULT_KINDS)));
  const { place, causes = {} } = faultKind(name as FaultName);
  if (place === 'registry') {
    demand(cluster === undefined, 'cluster', 'none: the registry is shared');
  } else {
    demand(clusters.includes(cluster), 'cluster', oneOf(clusters));
  }
  if (node !== undefined) {
    demand(
      place === 'node' && typeof node === 'string',
      'node',
      'a node, for faults of nodes',
    );
  }
  if (cause !== undefined) {
    demand(cause in causes, 'cause', oneOf(Object.keys(causes)));
  }
  if (message !== undefined) {
    demand(typeof message === 'string', 'message', 'a text');
  }
  for (const amount of ['seconds', 'bytes', 'times']) {
    demand(
      body[amount] === undefined || Number.isFinite(body[amount]),
      amount,
      'a number',
    );
  }
  const { seconds, bytes, times } = body;
  const fault = {
    fault: name,
    cluster,
    node,
    cause,
    message,
    seconds,
    bytes,
    times,
  };
  return Object.fromEntries(
    Object.entries(fault).filter(([, value]) => value !== undefined),
  ) as unknown as Fault;
}

function demand(isRight: boolean, field: string, expected: string): void {
  if (!isRight) {
    throw badRequest(`${field}: ${expected}`);
  }
}

function oneOf(names: string[]): string {
  return `one of ${names.join(', ')}`;
}
