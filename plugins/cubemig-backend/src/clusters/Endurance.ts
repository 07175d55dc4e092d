import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../failures';
import { ClusterApiError } from './ClusterApiError';
import { explainOutage } from './explainOutage';
import { mayPass } from './waitFor';

/** Pauses between attempts double from the first to the last, in milliseconds. A server that comes back must not be flooded. */
const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;

/**
 * Asks one cluster's API server again and again while it is out: restarts, elects a leader, is overloaded or cut off. An outage lasts from
 * the first request that fails until one succeeds, and is outlasted once, however many requests meet it.
 */
export class Endurance {
  /** How many requests have failed for a reason that may pass: what they were to do may have been done. */
  failures = 0;
  /** When the outage began, as `performance.now()`; undefined while there is none. */
  private since: number | undefined;

  constructor(
    private readonly options: {
      cluster: string;
      /** How long an outage may last, and how long a single request may fail among others that succeed. */
      seconds: number;
      /** The setting of app-config that says so. */
      setting: string;
      /** Told when an outage begins. */
      onOutage?: (error: unknown) => Promise<void>;
    },
  ) {}

  /**
   * The answer to a request that may be repeated.
   *
   * @param request - told how often it was sent before
   * @throws ProblemError if the outage lasts; the signal's reason as soon as it aborts between two attempts; any other error of the request
   */
  async ask<Answer>(
    request: (repeats: number) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const askedAt = performance.now();
    for (let repeats = 0; ; repeats++) {
      try {
        const answer = await request(repeats);
        this.since = undefined;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!mayPass(error)) throw error;
        await this.pause(error, repeats, { askedAt, signal });
      }
    }
  }

  private async pause(
    error: unknown,
    repeats: number,
    { askedAt, signal }: { askedAt: number; signal: AbortSignal },
  ) {
    const { cluster, seconds, setting, onOutage } = this.options;
    this.failures += 1;
    // Where one request alone fails, others end what is no outage.
    const isNew = this.since === undefined && repeats === 0;
    this.since ??= performance.now();
    const begin = Math.min(this.since, askedAt);
    if (isNew) await onOutage?.(error);
    const left = begin + seconds * 1000 - performance.now();
    if (left <= 0) {
      throw new ProblemError(explainOutage(cluster, error, seconds, setting));
    }
    await delay(Math.min(pauseAfter(error, repeats), left), undefined, {
      signal,
    }).catch(() => signal.throwIfAborted());
  }
}

/** As long as the server asks for, or a little longer each time; not all at the same moment. */
function pauseAfter(error: unknown, repeats: number): number {
  const { retryAfterSeconds = 0 } = error as Partial<ClusterApiError>;
  const grown = Math.min(FIRST_PAUSE_MS * 2 ** repeats, LAST_PAUSE_MS);
  return Math.max(retryAfterSeconds * 1000, grown * (0.5 + Math.random() / 2));
}
