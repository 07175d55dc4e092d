import { createHash } from 'node:crypto';
import { ParsedAlert } from './parseAlerts';

/**
 * What a replay has in common with what it repeats: cluster and text, and nothing else has. Falco's times have nanoseconds and falcosidekick
 * adds a uuid, so that two events never make the same text. The time comes first: then the database's index grows at its end, which costs
 * the least.
 */
export function identify(cluster: string, { text, time }: ParsedAlert): string {
  const hash = createHash('sha256').update(`${cluster}\n${text}`).digest();
  return `${time} ${hash.subarray(0, 16).toString('base64url')}`;
}
