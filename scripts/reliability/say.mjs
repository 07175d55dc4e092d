const startedAt = Date.now();
const PAUSE_MS = 30_000;
let saidAt = 0;

/** Prints a line, with the minutes and seconds since the start. */
export function say(text) {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  console.log(`${minutes}:${String(rest).padStart(2, '0')} ${text}`);
  saidAt = Date.now();
}

/** As `say`, unless something was said a moment ago. */
export function sayNowAndThen(text) {
  if (Date.now() - saidAt > PAUSE_MS) say(text);
}
