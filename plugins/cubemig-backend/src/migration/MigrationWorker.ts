import { LoggerService } from '@backstage/backend-plugin-api';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { HeldLease, LEASE_MS } from './HeldLease';
import { MigrationEngine } from './MigrationEngine';
import { MigrationRun, MigrationTools } from './MigrationRun';
import { CancelledError, LeasedMigration } from './store';

/** How often to look for migrations that other replicas stored or left behind. */
const LOOK_MS = 5_000;
/** How often to look whether somebody wants to stop one of those that run here. */
const CANCEL_LOOK_MS = 1_000;

/** Runs migrations of the store, a few at a time. Every backend replica has one. */
export class MigrationWorker {
  /** Says where a migration runs, to whoever looks into the database. */
  private readonly holder = `${process.pid}@${hostname().slice(
    0,
    30,
  )}/${randomUUID().slice(0, 13)}`;
  private readonly stopping = new AbortController();
  private readonly running = new Map<
    string,
    { cancel: AbortController; ended: Promise<void> }
  >();
  private readonly timers: NodeJS.Timeout[] = [];
  private looking: Promise<void> | undefined;
  private shouldLookAgain = false;

  constructor(
    private readonly options: {
      engine: MigrationEngine;
      tools: MigrationTools;
      logger: LoggerService;
      /** Told about every migration that is over: once, and once more if that broke off. */
      onEnd: (migration: Migration) => Promise<void>;
    },
  ) {}

  start() {
    this.timers.push(
      setInterval(() => this.wake(), LOOK_MS),
      setInterval(() => this.hearCancellations(), CANCEL_LOOK_MS),
    );
    this.wake();
  }

  /** Stops in the middle of whatever is under way. The next worker to look carries on with it. */
  async stop() {
    this.timers.forEach(clearInterval);
    this.stopping.abort(new Error('The backend is stopping'));
    await this.looking;
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  /** There may be something to do. */
  wake() {
    this.shouldLookAgain = true;
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
  }

  private async look() {
    const { tools, logger } = this.options;
    const { concurrency } = tools.config.migration;
    while (this.shouldLookAgain && !this.stopping.signal.aborted) {
      this.shouldLookAgain = false;
      await this.tellOfEnds();
      try {
        for (;;) {
          const askedAt = performance.now();
          const leased = await tools.store.lease(this.holder, LEASE_MS, {
            // What a lost replica has left half done cannot wait until there is room.
            onlyAbandoned: this.running.size >= concurrency,
          });
          if (!leased) break;
          this.begin(leased, askedAt);
        }
      } catch (error) {
        logger.error('Looking for migrations failed', error as Error);
      }
    }
  }

  /** What a lost replica has ended, and told nobody or not everybody. */
  private async tellOfEnds() {
    const { tools, logger, onEnd } = this.options;
    try {
      for (;;) {
        const ended = await tools.store.takeUntold(this.holder, LEASE_MS);
        if (!ended) return;
        await onEnd(ended);
        await tools.store.confirmTold(ended.id);
      }
    } catch (error) {
      logger.error('Telling of the end of a migration failed', error as Error);
    }
  }

  private begin(leased: LeasedMigration, takenAt: number) {
    const { id } = leased.migration;
    const cancel = new AbortController();
    const ended = this.run(leased, takenAt, cancel.signal).finally(() => {
      if (this.running.get(id)?.cancel === cancel) this.running.delete(id);
      this.wake();
    });
    this.running.set(id, { cancel, ended });
  }

  private async run(
    leased: LeasedMigration,
    takenAt: number,
    cancel: AbortSignal,
  ) {
    const { engine, tools, logger, onEnd } = this.options;
    const { lease } = leased;
    const held = new HeldLease(lease, tools.store, takenAt, error =>
      logger.warn(`Cannot renew a lease: ${error}`),
    );
    try {
      const run = new MigrationRun(leased, tools, {
        stop: AbortSignal.any([this.stopping.signal, held.signal]),
        cancel,
        assertHeld: held.assertHeld,
      });
      await engine.run(run);
      await onEnd(run.migration);
      await tools.store.confirmTold(lease.migration);
    } catch (error) {
      logger.warn(`Migration ${lease.migration} was left as it is: ${error}`);
      // Otherwise the lease lapses by itself: whatever is wrong gets that long to become right.
      if (this.stopping.signal.aborted) {
        await tools.store
          .release(lease)
          .catch(e => logger.warn(`Cannot release a lease: ${e}`));
      }
    } finally {
      held.end();
    }
  }

  private async hearCancellations() {
    if (this.running.size === 0) return;
    try {
      const cancelled = await this.options.tools.store.listCancelled(
        this.holder,
      );
      for (const [id, by] of cancelled) {
        this.running.get(id)?.cancel.abort(new CancelledError(by));
      }
    } catch (error) {
      this.options.logger.warn(`Cannot look for cancellations: ${error}`);
    }
  }
}
