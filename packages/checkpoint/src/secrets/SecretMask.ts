import { findSecrets, locateSecrets } from './findSecrets';
import { isSecretName } from './secretNames';

/** What stands where a secret stood. */
export const MASK = '******';

/** A shorter value would turn up by chance all over a checkpoint. */
const MIN_EVERYWHERE = 5;
/** Every text is searched for every secret: the number of both is the time it takes. */
const MAX_EVERYWHERE = 500;
const MAX_CACHED = 10_000;

/** A secret as it is, and inside JSON that is itself a text in JSON (annotations). */
function toSpellings(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, JSON.stringify(inJson).slice(1, -1)];
}

/** Those that are looked for everywhere: the longest first, so that a secret that holds another one is hidden whole. */
function everywhere(secrets: Set<string>): string[] {
  return [...secrets]
    .filter(value => value.length >= MIN_EVERYWHERE)
    .sort((a, b) => b.length - a.length)
    .slice(0, MAX_EVERYWHERE);
}

function hideAll(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
}

/**
 * Hides secrets. It knows those of a container's environment by their names and hides them wherever they turn up:
 * in annotations, command lines, logs or memory.
 */
export class SecretMask {
  private readonly values: string[];
  /** The same paths and commands turn up again and again. */
  private readonly masked = new Map<string, string>();

  private constructor(values: Iterable<string>) {
    this.values = everywhere(new Set([...values].flatMap(toSpellings)));
  }

  static of(environments: Iterable<Record<string, string>>): SecretMask {
    const values = new Set<string>();
    for (const environment of environments) {
      for (const [name, value] of Object.entries(environment)) {
        if (isSecretName(name)) {
          values.add(value);
        }
        findSecrets(value).forEach(secret => values.add(secret));
      }
    }
    return new SecretMask(values);
  }

  /** A text without secrets. */
  text(text: string): string {
    const known = this.masked.get(text);
    if (known !== undefined) {
      return known;
    }
    const masked = this.mask(text);
    if (this.masked.size < MAX_CACHED) {
      this.masked.set(text, masked);
    }
    return masked;
  }

  /** Bytes without the known secrets, in place: each byte of one becomes `*`. */
  bytes(bytes: Buffer): Buffer {
    for (const value of this.values) {
      const needle = Buffer.from(value);
      let index = bytes.indexOf(needle);
      while (index >= 0) {
        bytes.fill(0x2a, index, index + needle.length);
        index = bytes.indexOf(needle, index + needle.length);
      }
    }
    return bytes;
  }

  environment(environment: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value !== '' && isSecretName(name) ? MASK : this.text(value),
      ]),
    );
  }

  /** A report, or any other plain data, without secrets. */
  data<T>(data: T): T {
    return this.value(data) as T;
  }

  private mask(text: string): string {
    const masked = hideAll(text, this.values);
    const secrets = locateSecrets(masked);
    // What one place gives away is hidden in the others, too.
    const values = new Set(
      secrets.map(({ start, end }) => masked.slice(start, end)),
    );
    const pieces = secrets.map(({ start }, index) =>
      masked.slice(secrets[index - 1]?.end ?? 0, start),
    );
    return hideAll(
      [...pieces, masked.slice(secrets.at(-1)?.end ?? 0)].join(MASK),
      everywhere(values),
    );
  }

  /** A command's words, of which one says that the next is a secret; undefined for any other list. */
  private words(list: unknown[]): string[] | undefined {
    const isText = list.every(
      item => typeof item === 'string' && !item.includes('\0'),
    );
    const words = isText ? this.text(list.join('\0')).split('\0') : [];
    return words.length === list.length ? words : undefined;
  }

  private value(value: unknown, key?: string): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return this.words(value) ?? value.map(item => this.value(item));
    }
    if (typeof value === 'object' && value !== null) {
      return key === 'environment_variables'
        ? this.environment(value as Record<string, string>)
        : Object.fromEntries(
            Object.entries(value).map(([name, item]) => [
              name,
              this.value(item, name),
            ]),
          );
    }
    return value;
  }
}
