import { RedactionKind } from '@cubemig/plugin-cubemig-common';
import { isIP } from 'node:net';

/** Finds one kind of what must not leave the house: `secret` names the part of a match that is replaced; without it, all of it is. */
export interface Pattern {
  kind: RedactionKind;
  regex: RegExp;
  /** Looks again at what the expression found. */
  accepts?(value: string): boolean;
}

/*
 * Lengths are bounded in all of these: they run over hostile text, where an unbounded repetition would take time that grows with the
 * square of its length. The first that matches a text wins it, so the most specific come first.
 */
export const patterns: readonly Pattern[] = [
  {
    kind: 'private-key',
    regex:
      /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\:,-]{0,8192}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  },
  {
    kind: 'token',
    regex:
      /\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{2,4000}(?:\.[A-Za-z0-9_-]{0,2000})?/g,
  },
  {
    kind: 'token',
    regex:
      /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,255}|\bgithub_pat_[A-Za-z0-9_]{20,255}|\bglpat-[A-Za-z0-9_-]{16,255}|\bxox[abeprs]-[A-Za-z0-9-]{10,255}|\bAIza[0-9A-Za-z_-]{35}|\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}|\b(?:sk|gsk|hf|npm|dop_v1|dckr_pat)[_-][A-Za-z0-9_-]{16,255}/g,
  },
  {
    kind: 'token',
    regex:
      /\b(?:bearer|basic)[ +:]{1,3}(?<secret>[A-Za-z0-9._~+/=-]{8,4000})/gi,
  },
  {
    kind: 'url-password',
    regex:
      /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@'"]{0,256}:(?<secret>[^\s@/'"]{1,256})@/gi,
  },
  // `--db-password x`, `-token=x`
  {
    kind: 'secret',
    regex:
      /(?<![\w-])--?(?:[a-z0-9]{1,40}[_.-]){0,6}(?:pass(?:wd|word|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|requirepass|masterauth|credentials?|auth)[= \0](?<secret>"[^"]{1,512}"|'[^']{1,512}'|(?!-)[^\s\0"'&,;]{3,512})/gi,
  },
  // `password=x`, `password: x`, `"password": "x"`
  {
    kind: 'secret',
    regex:
      /(?<![a-z0-9])(?:[a-z0-9]{1,40}[_.-]){0,6}(?:pass(?:wd|word|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|requirepass|masterauth)["']?\s{0,3}[=:]\s{0,3}(?<secret>"[^"]{1,512}"|'[^']{1,512}'|(?!-)[^\s\0"'&,;]{3,512})/gi,
  },
  {
    kind: 'email',
    regex:
      /\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}\b/g,
  },
];

/** By choice: addresses tell a model much, and some count them as personal data. Those that every machine has are no secret. */
export const addressPattern: Pattern = {
  kind: 'ip-address',
  regex:
    /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:]))/gi,
  accepts: value =>
    isIP(value) !== 0 && !/^(?:127\.|0\.0\.0\.0$|::1?$)/.test(value),
};
