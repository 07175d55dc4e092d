import { LoggerService } from '@backstage/backend-plugin-api';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { AlertsConfig } from './alertsConfig';
import { AlertResolver } from './resolve';
import {
  AlertLease,
  AlertLeaseLostError,
  AlertStore,
  AskedRules,
} from './store';

const LEASE_MS = 15_000;
/** How often to look for alerts that other replicas stored, for approvals and for the ends of migrations. */
const LOOK_MS = 1_000;
const RENEW_MS = 5_000;
/** Alerts that come in meanwhile have the database to themselves, and the next round folds them together. */
const PAUSE_MS = 50;
const EXPIRE_MS = 600_000;
const AT_ONCE = 100;
/** Several small ones, because a sender waits while alerts are folded. */
const FOLDS_A_ROUND = 4;

/** What is done about alerts once it is known whose they are. */
export interface AlertHandler {
  readRules(): Promise<AskedRules>;
  /** @returns how many alerts it decided about */
  decide(lease: AlertLease, limit: number): Promise<number>;
  /** @returns how many actions it began */
  act(lease: AlertLease): Promise<number>;
  follow(lease: AlertLease): Promise<void>;
}

/** Works on stored alerts: folds them, finds their pods, and has them handled. Of all backend replicas, one does. */
export class AlertWorker {
  private readonly holder = randomUUID();
  private working: Promise<void> | undefined;
  private shouldLookAgain = false;
  private isStopping = false;
  private timer: NodeJS.Timeout | undefined;
  private expireAt = 0;

  constructor(
    private readonly options: {
      config: AlertsConfig;
      handler: AlertHandler;
      logger: LoggerService;
      resolver: AlertResolver;
      store: AlertStore;
      /** Told how many occurrences were folded, and into which alerts. */
      onFolded: (folded: {
        received: number;
        opened: string[];
        grown: string[];
      }) => Promise<void>;
    },
  ) {}

  start() {
    this.timer = setInterval(() => this.wake(), LOOK_MS);
    this.wake();
  }

  /** Finishes what is in hand, and lets another replica go on. */
  async stop() {
    clearInterval(this.timer);
    this.isStopping = true;
    await this.working;
  }

  /** There may be something to do. */
  wake() {
    this.shouldLookAgain = true;
    this.working ??= this.work().finally(() => {
      this.working = undefined;
    });
  }

  private async work() {
    const { logger, store } = this.options;
    let lease: AlertLease | undefined;
    try {
      let renewAt = 0;
      while (this.shouldLookAgain && !this.isStopping) {
        this.shouldLookAgain = false;
        if (performance.now() > renewAt) {
          renewAt = performance.now() + RENEW_MS;
          lease = await store.hold(this.holder, LEASE_MS);
        }
        if (!lease) return;
        const done = await this.workThrough(lease);
        if (done > 0) this.shouldLookAgain = true;
        await delay(PAUSE_MS);
      }
      if (lease && this.isStopping) await store.release(lease);
    } catch (error) {
      // Whatever it is, the next look begins where this one ended: the database knows.
      if (error instanceof AlertLeaseLostError) logger.info(error.message);
      else logger.error('Working on alerts failed', error as Error);
    }
  }

  /** One round: nothing that floods in keeps anything else from its turn. @returns how much there was to do */
  private async workThrough(lease: AlertLease): Promise<number> {
    const { config, handler, store } = this.options;
    const folded = await this.fold(lease, await handler.readRules());
    const resolved = await this.resolve(lease);
    const decided = await handler.decide(lease, AT_ONCE);
    const begun = await handler.act(lease);
    await handler.follow(lease);
    if (Date.now() > this.expireAt) {
      this.expireAt = Date.now() + EXPIRE_MS;
      await store.expire(config.retention);
    }
    return folded + resolved + decided + begun;
  }

  private async fold(lease: AlertLease, rules: AskedRules): Promise<number> {
    const { config, onFolded, store } = this.options;
    let received = 0;
    for (let folds = 0; folds < FOLDS_A_ROUND; folds++) {
      const folded = await store.fold(lease, config.foldSeconds, rules);
      if (folded.received === 0) break;
      await onFolded(folded);
      received += folded.received;
    }
    return received;
  }

  private async resolve(lease: AlertLease): Promise<number> {
    const { resolver, store } = this.options;
    const due = await store.listDue('resolve', AT_ONCE);
    if (due.length > 0) {
      const outcomes = await Promise.all(
        due.map(alert => resolver.resolve(alert)),
      );
      await store.resolve(lease, outcomes);
    }
    return due.length;
  }
}
