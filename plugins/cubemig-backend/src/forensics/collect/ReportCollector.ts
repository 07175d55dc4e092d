import { LoggerService } from '@backstage/backend-plugin-api';
import { Migration, ReportKey } from '@cubemig/plugin-cubemig-common';
import { CubemigConfig } from '../../config';
import { ProblemError } from '../../failures';
import { DueReport, ForensicsStore } from '../store';
import { expectReports } from './expectReports';
import { explainFetch } from './explainFetch';
import { fetchReport, FetchOptions } from './fetchReport';

/** How often to look for reports that other replicas noted or left behind. */
const LOOK_MS = 10_000;
/** One attempt may take so long; then another replica takes the report over. */
const ATTEMPT_MS = 120_000;
/** Pauses before further attempts, in milliseconds. */
const PAUSES = [5_000, 30_000, 120_000, 600_000, 3_600_000];

/**
 * Brings forensic reports from the registry into the database. A report that cannot be had never harms its migration: it becomes a state
 * with a reason, and is tried again for an hour or so, or when somebody asks.
 */
export class ReportCollector {
  private readonly stopping = new AbortController();
  private looking: Promise<void> | undefined;
  private shouldLookAgain = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: {
      store: ForensicsStore;
      registry: FetchOptions['registry'];
      config: Pick<
        CubemigConfig,
        'forensics' | 'platformPrivateKey' | 'signers'
      >;
      logger: LoggerService;
      /** Told about every report that was stored, */
      onStored?: (key: ReportKey) => Promise<void>;
      /** and of every attempt's end, whichever it was. */
      onChanged?: (migration: string) => void;
    },
  ) {}

  start() {
    this.timer = setInterval(() => this.wake(), LOOK_MS);
    this.wake();
  }

  async stop() {
    clearInterval(this.timer);
    this.stopping.abort(new Error('The backend is stopping'));
    await this.looking;
  }

  /** Resolves when all that is due was looked at. */
  async whenIdle() {
    while (this.looking) await this.looking;
  }

  /** Notes the reports of a migration's checkpoints, and begins to fetch them. Harmless to repeat. */
  async expect(migration: Migration) {
    const { config, store } = this.options;
    for (const report of expectReports(migration, config.forensics.byDefault)) {
      await store.expect(report);
    }
    this.wake();
  }

  /** There may be something to fetch. */
  wake() {
    this.shouldLookAgain = true;
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
  }

  private async look() {
    const { store, logger } = this.options;
    while (this.shouldLookAgain && !this.stopping.signal.aborted) {
      this.shouldLookAgain = false;
      try {
        let due = await store.take(ATTEMPT_MS);
        while (due) {
          await this.collect(due);
          if (this.stopping.signal.aborted) break;
          due = await store.take(ATTEMPT_MS);
        }
      } catch (error) {
        logger.error('Looking for forensic reports failed', error as Error);
      }
    }
  }

  private async collect(due: DueReport) {
    const { store, registry, config, logger } = this.options;
    const { migration, container, subject, source, attempts } = due;
    try {
      const { content, bytes } = await fetchReport(due, source, {
        registry,
        privateKey: config.platformPrivateKey,
        signer: signerOf(config, subject.cluster),
        signal: AbortSignal.any([
          this.stopping.signal,
          AbortSignal.timeout(ATTEMPT_MS),
        ]),
      });
      await store.store(due, bytes, content);
    } catch (error) {
      // Stopped in the middle: the next to take it counts anew when the attempt's time is over.
      if (this.stopping.signal.aborted) return;
      const { problem, mayPass } = explainFetch(error);
      const pause = mayPass ? PAUSES[attempts - 1] : undefined;
      logger.warn(
        `No forensic report of ${container} (migration ${migration}): ${problem.message}`,
      );
      await store.giveBack(
        due,
        problem,
        pause === undefined
          ? undefined
          : new Date(Date.now() + pause).toISOString(),
      );
      this.options.onChanged?.(migration);
      return;
    }
    this.options.onChanged?.(migration);
    await this.options.onStored?.({ migration, container });
  }
}

/** @throws ProblemError if reports must be signed and the cluster has no key */
function signerOf({ signers }: Pick<CubemigConfig, 'signers'>, name: string) {
  if (signers && !signers.has(name)) {
    throw new ProblemError({
      code: 'source-key-missing',
      message: `Only signed reports are taken, and no key of the cluster '${name}' is known.`,
      remedy: `Add '${name}' with its public key to cubemig.registry.signedBy in app-config.`,
    });
  }
  return signers?.get(name);
}
