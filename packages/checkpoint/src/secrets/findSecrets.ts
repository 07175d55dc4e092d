import { isSecretName } from './secretNames';

/** What kind of secret it is, as far as its looks or its place tell. */
export type SecretKind = 'private-key' | 'token' | 'url-password' | 'secret';

/** Where a secret stands in a text. */
export interface LocatedSecret {
  kind: SecretKind;
  start: number;
  end: number;
}

interface Pattern {
  kind: SecretKind;
  /** The secret itself or, where there is `value`, what stands before it. */
  regex: RegExp;
  /** The secret, at the place where it must be: looked for only if what stands before it promises one. */
  value?: RegExp;
  promises?(before: Record<string, string>): boolean;
  /** Looks again at what was found. */
  accepts?(value: string, before: Record<string, string>): boolean;
}

/** A command's word, in quotes or without. */
const WORD = /"[^"]{1,512}"|'[^']{1,512}'|(?!-)[^\s\0"'&,;]{3,512}/y;
const BARE_WORD = /[^\s\0'"]{3,256}/y;

/** A word that stands for no secret: a reference to where it is, or what masks one. */
const NO_SECRET =
  /^(?:\$(?:[A-Z_][A-Z0-9_]*|\d|[({].*)|%(?:[A-Z_][A-Z0-9_]*%|[a-z])|<[^<>]*>?|[*xX.]+)$/;

/*
 * Lengths are bounded in all of these: they run over hostile text of megabytes, where an unbounded repetition would take
 * time that grows with the square of its length. The most specific come first.
 */
const patterns: readonly Pattern[] = [
  {
    kind: 'private-key',
    regex:
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\:,-]{0,8192}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{0,8192}/g,
  },
  // JSON Web Tokens.
  {
    kind: 'token',
    regex:
      /\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{2,4000}(?:\.[A-Za-z0-9_-]{0,2000})?/g,
  },
  // Keys that look like ones whatever they are called: AWS, GitHub, GitLab, Slack, Google, Stripe, Vault, age and others.
  {
    kind: 'token',
    regex:
      /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,255}|\bgithub_pat_[A-Za-z0-9_]{20,255}|\bglpat-[A-Za-z0-9_-]{16,255}|\bxox[abeprs]-[A-Za-z0-9-]{10,255}|\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{10,100}|\bAIza[0-9A-Za-z_-]{35}|\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}|\b(?:sk|gsk|hf|npm|dop_v1|dckr_pat)[_-][A-Za-z0-9_-]{16,255}|\bhv[sb]\.[A-Za-z0-9_-]{20,255}|\bAGE-SECRET-KEY-1[A-Z0-9]{20,80}/g,
  },
  {
    kind: 'token',
    regex: /\bbearer[ +:]{1,3}/gi,
    value: /[A-Za-z0-9._~+/=-]{8,4000}/y,
  },
  {
    kind: 'token',
    regex: /\bbasic[ +:]{1,3}/gi,
    value: /[A-Za-z0-9+/=]{8,4000}/y,
    // Of `basic authentication` nothing is secret.
    accepts: value => /[A-Z0-9=]/.test(value),
  },
  // `scheme://user:password@host`; what stands before the last `@` is the password.
  {
    kind: 'url-password',
    regex: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@'"]{0,256}:/gi,
    value: /[^\s/'"]{1,256}(?=@)/y,
  },
  // The signature of an address that was made for somebody.
  { kind: 'secret', regex: /[?&]sig=/g, value: /[A-Za-z0-9%+/=]{16,200}/y },
  // `--db-password x`, `-token=x`
  {
    kind: 'secret',
    regex:
      /(?<![\w-])--?(?:[a-z0-9]{1,40}[_.-]){0,6}(?:pass(?:wd|word|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|requirepass|masterauth|credentials?|auth)[= \0]/gi,
    value: WORD,
  },
  // Programs that take one in an option that says nothing.
  {
    kind: 'secret',
    regex:
      /\b(?:mysql(?:admin|dump)?|mariadb(?:-dump)?)\b[^\n|;]{0,100}?[\s\0]-p/g,
    value: BARE_WORD,
  },
  {
    kind: 'secret',
    regex: /\b(?:redis-cli|valkey-cli)\b[^\n|;]{0,100}?[\s\0]-a[\s\0]?/g,
    value: BARE_WORD,
  },
  {
    kind: 'secret',
    regex: /\bsshpass[\s\0]{1,4}-p[\s\0]?/g,
    value: BARE_WORD,
  },
  {
    kind: 'secret',
    regex:
      /\bcurl\b[^\n|;]{0,100}?[\s\0](?:-u|-U|--user|--proxy-user)[\s\0=]?["']?[^\s\0:'"]{1,64}:/g,
    value: BARE_WORD,
  },
  // redis.conf
  {
    kind: 'secret',
    regex: /(?:^|\n)[ \t]{0,8}(?:requirepass|masterauth)[ \t]{1,8}/g,
    value: BARE_WORD,
  },
  // `NAME=x`, `"name": "x"`, `\"name\": \"x\"`, `name: x`, `'name' => 'x'`, `'name', 'x'`
  {
    kind: 'secret',
    regex:
      /(?<![A-Za-z0-9])(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,127})(?:\\{0,3}["'])?\s{0,8}(?<by>=>?|:|,(?=\s{0,8}["']))\s{0,8}(?:\\{1,3}["'])?/g,
    promises: ({ name }) => isSecretName(name),
    value: /"[^"\n]{1,2000}"|'[^'\n]{1,2000}'|[^\s\0"'\\,;&]{3,2000}/y,
    // After a colon, text goes on: `passwd: files`, `Unsecured Credentials: Container API`.
    accepts: (value, { by }) =>
      by.startsWith('=') || !/^[A-Za-z][a-z]{0,9}$/.test(value),
  },
];

/** The secrets in a text, in their order. They do not overlap. */
export function locateSecrets(text: string): LocatedSecret[] {
  const located: LocatedSecret[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern.regex)) {
      const found = locate(pattern, match);
      if (found) located.push(found);
    }
  }
  // Stable: of those that begin together, the most specific is first.
  return join(located.sort((a, b) => a.start - b.start));
}

function locate(
  { kind, value, promises, accepts }: Pattern,
  match: RegExpExecArray,
): LocatedSecret | undefined {
  const { 0: before, groups = {}, index, input } = match;
  if (!value) return { kind, start: index, end: index + before.length };
  if (promises && !promises(groups)) return undefined;
  const start = index + before.length;
  value.lastIndex = start;
  const [found = ''] = value.exec(input) ?? [];
  const quote = /^["']/.test(found) ? 1 : 0;
  const secret = found.slice(quote, found.length - quote);
  const isMeant = accepts?.(secret, groups) ?? true;
  return isMeant && secret !== '' && !NO_SECRET.test(secret)
    ? { kind, start: start + quote, end: start + quote + secret.length }
    : undefined;
}

/** The texts of the secrets in a text. */
export function findSecrets(text: string): string[] {
  return locateSecrets(text).map(({ start, end }) => text.slice(start, end));
}

/** Whether a variable's value is a secret, by its name or by its own looks. */
export function holdsSecret(name: string, value: string): boolean {
  return value !== '' && (isSecretName(name) || findSecrets(value).length > 0);
}

function join(sorted: LocatedSecret[]): LocatedSecret[] {
  const joined: LocatedSecret[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last && next.start < last.end) {
      last.end = Math.max(last.end, next.end);
    } else {
      joined.push({ ...next });
    }
  }
  return joined;
}
