import { createHash, randomInt } from 'node:crypto';

/** Kubernetes' alphabet for generated names: no vowels, so that no words come out (apimachinery, util/rand). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** The longest name that `generateName` may lead to. */
const MAX_NAME_LENGTH = 63;
const SUFFIX_LENGTH = 5;

/** Five random characters, as Kubernetes appends them to `generateName`. */
export function randomSuffix(): string {
  return Array.from(
    { length: SUFFIX_LENGTH },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
}

/** A name that begins with a prefix; long prefixes are cut, as the API server cuts them. */
export function generateName(prefix: string): string {
  return prefix.slice(0, MAX_NAME_LENGTH - SUFFIX_LENGTH) + randomSuffix();
}

/** A stable short name of some data in Kubernetes' alphabet, for example a pod template's hash. */
export function hashName(data: unknown, length = 10): string {
  const digest = createHash('sha256').update(JSON.stringify(data)).digest();
  return Array.from(
    digest.subarray(0, length),
    byte => ALPHABET[byte % ALPHABET.length],
  ).join('');
}

/** A point in time as Kubernetes writes it: whole seconds, UTC. */
export function formatTime(milliseconds: number = Date.now()): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
