import { locateSecrets, MASK } from '@cubemig/checkpoint';
import { Disclosure, RedactionKind } from '@cubemig/plugin-cubemig-common';
import { addressPattern, emailPattern, Pattern } from './patterns';

/** A shorter value would turn up by chance in words. */
const MIN_EVERYWHERE = 5;
/** Every text is searched for every value: both together are the time it takes. */
const MAX_EVERYWHERE = 2_000;
/** A shorter one of a secret's lines is no use to anybody. */
const MIN_LINE = 8;

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
      ? [emailPattern, addressPattern]
      : [emailPattern];
  }

  /** Remembers what in a text must be hidden. */
  learn(text: string) {
    for (const { kind, start, end } of locateSecrets(text)) {
      this.hide(text.slice(start, end), kind);
    }
    for (const { kind, regex, accepts } of this.patterns) {
      for (const [value] of text.matchAll(regex)) {
        if (accepts?.(value) ?? true) this.hide(value, kind);
      }
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
    for (const { start, end } of locateSecrets(redacted).reverse()) {
      redacted =
        redacted.slice(0, start) +
        this.nameOf(redacted.slice(start, end)) +
        redacted.slice(end);
    }
    return this.patterns.reduce(
      (text_, { regex }) => text_.replace(regex, value => this.nameOf(value)),
      redacted,
    );
  }

  /** How many different values were hidden, by kind. */
  list(): Disclosure['redactions'] {
    return [...this.counts].map(([kind, count]) => ({ kind, count }));
  }

  /** What stands in a value's place: the value itself, if it was not learnt. */
  private nameOf(value: string) {
    return this.placeholders.get(value) ?? value;
  }

  private hide(value: string, kind: RedactionKind) {
    const isNothing = value === '' || /^[*x.]+$/i.test(value) || value === MASK;
    if (isNothing || this.placeholders.has(value) || isPlaceholder(value)) {
      return;
    }
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const placeholder = `[${kind}-${count}]`;
    this.placeholders.set(value, placeholder);
    for (const line of value.split('\n')) {
      // A key of many lines stands in a log line by line.
      if (line.length >= MIN_LINE) this.placeholders.set(line, placeholder);
    }
    this.everywhere = undefined;
  }
}

/** A container may write what looks like a placeholder. */
function isPlaceholder(value: string) {
  return /^\[[a-z-]+-\d+\]$/.test(value);
}
