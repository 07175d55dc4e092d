import { LoggerService } from '@backstage/backend-plugin-api';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { MigrationEngine } from './MigrationEngine';
import { MigrationRun, MigrationTools } from './MigrationRun';
import { LeasedMigration, LeaseLostError } from './store';

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** How often to look for migrations that other replicas stored or left behind. */
const LOOK_MS = 5_000;

/** Runs migrations of the store, oldest first, a few at a time. Every backend replica has one. */
export class MigrationWorker {
  private readonly holder = randomUUID();
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private looking: Promise<void> | undefined;
  private shouldLookAgain = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      engine: MigrationEngine;
      tools: MigrationTools;
      logger: LoggerService;
      /** Told about every migration that is over. */
      onEnd: (migration: Migration) => Promise<void>;
    },
  ) {}

  start() {
    this.timer = setInterval(() => this.wake(), LOOK_MS);
    this.wake();
  }

  /** Stops in the middle of whatever is under way. The next worker to look deals with it. */
  async stop() {
    clearInterval(this.timer);
    this.stopping.abort(new Error('The backend is stopping'));
    await this.looking;
    await Promise.all(this.running);
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
      try {
        while (this.running.size < concurrency) {
          const leased = await tools.store.lease(this.holder, LEASE_MS);
          if (!leased) break;
          this.begin(leased);
        }
      } catch (error) {
        logger.error('Looking for migrations failed', error as Error);
      }
    }
  }

  private begin(leased: LeasedMigration) {
    const running = this.run(leased).finally(() => {
      this.running.delete(running);
      this.wake();
    });
    this.running.add(running);
  }

  private async run(leased: LeasedMigration) {
    const { engine, tools, logger, onEnd } = this.options;
    const { lease } = leased;
    const lost = new AbortController();
    const renewing = setInterval(() => {
      tools.store.renew(lease, LEASE_MS).catch(error => {
        if (error instanceof LeaseLostError) lost.abort(error);
        else logger.warn(`Cannot renew a lease: ${error}`);
      });
    }, RENEW_MS);
    const signal = AbortSignal.any([this.stopping.signal, lost.signal]);
    try {
      const run = new MigrationRun(leased, tools, signal);
      await engine.run(run);
      await onEnd(run.migration);
    } catch (error) {
      logger.warn(`Migration ${lease.migration} was left as it is: ${error}`);
      // Otherwise the lease lapses by itself: whatever is wrong gets that long to become right.
      if (this.stopping.signal.aborted) {
        await tools.store
          .release(lease)
          .catch(e => logger.warn(`Cannot release a lease: ${e}`));
      }
    } finally {
      clearInterval(renewing);
    }
  }
}
