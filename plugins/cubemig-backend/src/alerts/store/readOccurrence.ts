import { createHash } from 'node:crypto';
import { NormalisedAlert, normaliseAlert } from '../normalise';
import { OccurrenceRow } from './AlertRow';
import { troubleOf } from './troubleOf';

type Stored = Pick<OccurrenceRow, 'cluster' | 'payload' | 'received_at'>;

/** What a stored occurrence says. */
export function readOccurrence(row: Stored): NormalisedAlert {
  try {
    return normaliseAlert(row.cluster, row.payload, row.received_at);
  } catch (error) {
    return asUnreadable(row, error as Error);
  }
}

/** What nothing can be done with is told of by an alert of our own, one for all of a cluster's. It is never acted on. */
export function asUnreadable(
  { cluster, received_at }: Stored,
  error: Error,
): NormalisedAlert {
  const rule = 'CubeMig cannot read an alert';
  const alike = JSON.stringify([cluster, rule]);
  return {
    kind: 'internal',
    cluster,
    rule,
    priority: 'Error',
    source: 'internal',
    tags: [],
    output: `It is stored as it came in, and left aside: ${troubleOf(error)}`,
    fields: {},
    time: received_at,
    foldKey: createHash('sha256').update(alike).digest('hex'),
  };
}
