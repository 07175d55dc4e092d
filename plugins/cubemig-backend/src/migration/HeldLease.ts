import { performance } from 'node:perf_hooks';
import { Lease, LeaseLostError, MigrationStore } from './store';

export const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/**
 * A lease that is renewed as long as it is held. It counts as lost as soon as it may have lapsed by the monotonic clock, whatever the
 * reason: the database does not answer, or this process was frozen.
 */
export class HeldLease {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  /** Aborts when the lease is lost. */
  readonly signal = this.lost.signal;
  private validUntil: number;

  /** @param takenAt - when it was asked for, as `performance.now()` */
  constructor(
    private readonly lease: Lease,
    private readonly store: MigrationStore,
    takenAt: number,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    this.validUntil = takenAt + LEASE_MS;
    this.timer = setInterval(() => this.renew(), RENEW_MS);
  }

  /** @throws LeaseLostError if another worker may have the migration by now */
  readonly assertHeld = () => {
    if (performance.now() > this.validUntil) {
      this.lost.abort(new LeaseLostError(this.lease.migration));
    }
    this.signal.throwIfAborted();
  };

  /** Renews it no longer. */
  end() {
    clearInterval(this.timer);
  }

  private async renew() {
    const askedAt = performance.now();
    try {
      await this.store.renew(this.lease, LEASE_MS);
      this.validUntil = askedAt + LEASE_MS;
    } catch (error) {
      if (error instanceof LeaseLostError) this.lost.abort(error);
      else if (performance.now() > this.validUntil) {
        this.lost.abort(new LeaseLostError(this.lease.migration));
      } else this.onTrouble(error);
    }
  }
}
