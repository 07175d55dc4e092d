import { RedactionKind } from '@cubemig/plugin-cubemig-common';
import { isIP } from 'node:net';

/** Finds one kind of personal data. */
export interface Pattern {
  kind: RedactionKind;
  /** Bounded in all its parts: it runs over hostile text, where others would take time that grows with the square of its length. */
  regex: RegExp;
  /** Looks again at what the expression found. */
  accepts?(value: string): boolean;
}

export const emailPattern: Pattern = {
  kind: 'email',
  regex:
    /\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}\b/g,
};

/** By choice: addresses tell a model much, and some count them as personal data. Those that every machine has are no secret. */
export const addressPattern: Pattern = {
  kind: 'ip-address',
  regex:
    /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:]))/gi,
  accepts: value =>
    isIP(value) !== 0 && !/^(?:127\.|0\.0\.0\.0$|::1?$)/.test(value),
};
