import { isSecretName, MASK } from '@cubemig/checkpoint';
import { Disclosure, RedactionKind } from '@cubemig/plugin-cubemig-common';
import { addressPattern, Pattern, patterns } from './patterns';

/** A shorter value would turn up by chance in words. */
const MIN_EVERYWHERE = 5;
/** Every text is searched for every value: both together are the time it takes. */
const MAX_EVERYWHERE = 2_000;

/** `NAME=value`, as shells and environments have it. */
const ASSIGNMENT =
  /(?:^|[\s\0;&"'])([A-Za-z_][A-Za-z0-9_.-]{0,127})=("[^"]{1,2000}"|'[^']{1,2000}'|[^\s\0;&"']{1,2000})/g;

/**
 * Replaces secrets and personal data by placeholders such as `[secret-1]`: the same value by the same one, wherever it turns up. It
 * must have seen all texts (`learn`) before it redacts the first, so that a value that one text gives away is hidden in the others.
 */
export class Redactor {
  private readonly patterns: readonly Pattern[];
  private readonly placeholders = new Map<string, string>();
  private readonly counts = new Map<RedactionKind, number>();
  private everywhere: string[] | undefined;

  constructor(options: { ipAddresses: boolean }) {
    this.patterns = options.ipAddresses
      ? [...patterns, addressPattern]
      : patterns;
  }

  /** Remembers what in a text must be hidden. */
  learn(text: string) {
    for (const { kind, regex, accepts } of this.patterns) {
      for (const match of text.matchAll(regex)) {
        const value = unquote(match.groups?.secret ?? match[0]);
        if (accepts?.(value) ?? true) this.hide(value, kind);
      }
    }
    for (const [, name, value] of text.matchAll(ASSIGNMENT)) {
      if (isSecretName(name)) this.hide(unquote(value), 'secret');
    }
  }

  /** A text without what must be hidden. */
  redact(text: string): string {
    // Longest first, so that a value that holds another one is hidden whole.
    this.everywhere ??= [...this.placeholders.keys()]
      .filter(value => value.length >= MIN_EVERYWHERE)
      .sort((a, b) => b.length - a.length)
      .slice(0, MAX_EVERYWHERE);
    let redacted = text;
    for (const value of this.everywhere) {
      redacted = redacted.replaceAll(value, this.placeholders.get(value)!);
    }
    // What is not looked for everywhere is hidden where it was learnt.
    for (const { regex } of this.patterns) {
      redacted = redacted.replace(regex, (match, ...rest) => {
        const groups = rest.at(-1) as { secret?: string } | string | undefined;
        const secret = typeof groups === 'object' ? groups.secret : undefined;
        return this.hideIn(match, secret ?? match);
      });
    }
    return redacted.replace(ASSIGNMENT, (match, _name, value) =>
      this.hideIn(match, value),
    );
  }

  /** How many different values were hidden, by kind. */
  list(): Disclosure['redactions'] {
    return [...this.counts].map(([kind, count]) => ({ kind, count }));
  }

  private hideIn(match: string, quoted: string) {
    const value = unquote(quoted);
    const placeholder = this.placeholders.get(value);
    return placeholder ? match.replaceAll(value, placeholder) : match;
  }

  private hide(value: string, kind: RedactionKind) {
    const isNothing = value === '' || /^[*x.]+$/i.test(value) || value === MASK;
    if (isNothing || this.placeholders.has(value) || isPlaceholder(value)) {
      return;
    }
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    this.placeholders.set(value, `[${kind}-${count}]`);
    this.everywhere = undefined;
  }
}

function unquote(text: string) {
  return /^(["'])[^]*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** A container may write what looks like a placeholder. */
function isPlaceholder(value: string) {
  return /^\[[a-z-]+-\d+\]$/.test(value);
}
