import { setTimeout as pause } from 'node:timers/promises';

/** A busy machine may take its time for what is done in milliseconds otherwise. */
const PATIENCE_MS = 60_000;

/** Waits until `find` returns something; fails with what was waited for. */
export async function waitUntil<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${PATIENCE_MS} ms in vain until ${what}`);
    }
    await pause(5);
  }
}
