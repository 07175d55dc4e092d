/**
 * Whether a text is what a pattern says, as a whole: `*` stands for any characters, `?` for one. It takes at most as many steps as the
 * lengths multiplied: the text is hostile, and a regular expression with many stars could be kept busy for ever.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resumeAt = t;
    } else if (p < pattern.length && ['?', text[t]].includes(pattern[p])) {
      p++;
      t++;
    } else if (star >= 0) {
      // The last star takes one more character.
      p = star + 1;
      t = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
