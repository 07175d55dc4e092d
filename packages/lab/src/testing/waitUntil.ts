import { setTimeout as pause } from 'node:timers/promises';

/** Waits until `find` returns something; fails with what was waited for. */
export async function waitUntil<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 5000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
    }
    await pause(5);
  }
}
