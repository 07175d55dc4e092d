import { setTimeout as delay } from 'node:timers/promises';
import type { Backoff } from '../NodeContext';

/** The pod is being stopped: whatever is under way for it ends. */
export class PodStopped extends Error {}

export async function sleep(
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await delay(seconds * 1000, undefined, { signal, ref: false });
  } catch {
    throw new PodStopped();
  }
}

/** Waits for something that cannot be cancelled, but no longer than the pod is wanted. */
export async function unlessStopped<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  // Its failure is nobody's business once the pod is stopped.
  work.catch(() => {});
  if (signal.aborted) {
    throw new PodStopped();
  }
  let onAbort = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new PodStopped());
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Doubling waiting times. */
export class BackoffTimer {
  #seconds = 0;

  constructor(private readonly backoff: Backoff) {}

  /** How long to wait now, in seconds; longer the next time. */
  next(): number {
    const { initialSeconds, maxSeconds } = this.backoff;
    this.#seconds = this.#seconds
      ? Math.min(this.#seconds * 2, maxSeconds)
      : initialSeconds;
    return this.#seconds;
  }

  reset(): void {
    this.#seconds = 0;
  }
}
