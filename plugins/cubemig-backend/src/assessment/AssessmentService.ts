import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import {
  Assessment,
  AssessmentAvailability,
  AssessmentEvent,
  Problem,
  ReportKey,
  StoredReport,
} from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { ProblemError } from '../failures';
import { checkCitations, toMarkdown } from './answer';
import { AssessmentFeed } from './AssessmentFeed';
import { AssessmentStore, interrupted } from './AssessmentStore';
import { AlertEvidence, Assessor } from './Assessor';

/** Models' servers limit how much may be asked at a time. */
const MAX_AT_ONCE = 2;
/** Whatever an assessor does, it is over by then. */
const LONGEST_MS = 3_600_000;
const POLL_MS = 1_000;

const switchedOff: Problem = {
  code: 'assessment-off',
  message: 'No language model is set up to assess forensic reports.',
  remedy:
    'Get a key at https://console.groq.com and set cubemig.assessment.apiKey in app-config, best from the environment: ${GROQ_API_KEY}.',
};

/** Has forensic reports assessed, a few at a time, and keeps what comes of it. */
export class AssessmentService {
  private readonly stopping = new AbortController();
  private readonly inTurn = pLimit(MAX_AT_ONCE);
  private readonly feeds = new Map<string, AssessmentFeed>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly options: {
      /** Undefined while none is set up. */
      assessor: Assessor | undefined;
      store: AssessmentStore;
      readReport(key: ReportKey): Promise<StoredReport | undefined>;
      /** The alerts that led to a migration, gravest first. */
      readAlerts(migration: string): Promise<AlertEvidence[]>;
      logger: LoggerService;
      /** Told of every migration with an assessment that begins or ends. */
      onChanged?: (migration: string) => void;
      /** Told of every assessment that is over. */
      onEnded?: (assessment: Assessment) => void;
    },
  ) {}

  get availability(): AssessmentAvailability {
    const { assessor } = this.options;
    return assessor ? { model: assessor.model } : { problem: switchedOff };
  }

  /**
   * Asks for an assessment; one that is under way already is answered instead.
   *
   * @throws ServiceUnavailableError, NotFoundError
   */
  async start(key: ReportKey, createdBy: string): Promise<Assessment> {
    const { assessor, store, readReport } = this.options;
    if (!assessor) {
      const { message, remedy } = switchedOff;
      throw new ServiceUnavailableError(`${message} ${remedy}`);
    }
    const report = await readReport(key);
    if (report?.state !== 'stored') {
      throw new NotFoundError(
        `There is no forensic report of '${key.container}' to assess (migration ${key.migration})`,
      );
    }
    const other = await store.findUnderWay(key);
    if (other) return other;
    const assessment: Assessment = {
      id: randomUUID(),
      migration: key.migration,
      container: key.container,
      status: 'queued',
      createdBy,
      createdAt: new Date().toISOString(),
      model: assessor.model,
    };
    const deadline = new Date(Date.now() + LONGEST_MS).toISOString();
    await store.add(assessment, deadline);
    this.options.onChanged?.(key.migration);
    this.begin(assessment, assessor, report);
    return assessment;
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Assessment> {
    const assessment = await this.options.store.get(id);
    if (!assessment) throw new NotFoundError(`There is no assessment '${id}'`);
    return assessment;
  }

  async list(migration: string): Promise<Assessment[]> {
    return this.options.store.list(migration);
  }

  async listWithMarkdown(migration: string) {
    const assessments = await this.list(migration);
    return assessments.map(assessment => ({
      assessment,
      markdown: toMarkdown(assessment),
    }));
  }

  /** Follows an assessment until it ends. What the model writes can be seen in the replica that asks it, in others only the end. */
  async *follow(
    id: string,
    signal: AbortSignal,
  ): AsyncGenerator<AssessmentEvent> {
    let assessment = await this.get(id);
    const feed = this.feeds.get(id);
    if (feed) yield* feed.follow(signal);
    for (;;) {
      assessment = await this.get(id);
      if (assessment.status === 'completed' || assessment.status === 'failed') {
        yield { type: 'ended', assessment };
        return;
      }
      await delay(POLL_MS, undefined, { signal });
    }
  }

  /** Gives up what is under way. */
  async stop() {
    this.stopping.abort(new Error('The backend is stopping'));
    await Promise.all(this.running);
  }

  private begin(
    assessment: Assessment,
    assessor: Assessor,
    report: StoredReport,
  ) {
    const feed = new AssessmentFeed();
    this.feeds.set(assessment.id, feed);
    const running = this.inTurn(() =>
      this.run(assessment, assessor, report, feed),
    )
      .catch(error =>
        this.options.logger.error('An assessment was lost', error as Error),
      )
      .finally(() => {
        this.running.delete(running);
        this.feeds.delete(assessment.id);
        feed.end();
        this.options.onChanged?.(assessment.migration);
      });
    this.running.add(running);
  }

  private async run(
    queued: Assessment,
    assessor: Assessor,
    { report, forensics }: StoredReport,
    feed: AssessmentFeed,
  ) {
    const { store, readAlerts } = this.options;
    const assessment: Assessment = { ...queued, status: 'running' };
    await store.save(assessment);
    const finish = async (outcome: Partial<Assessment>) => {
      const finishedAt = new Date().toISOString();
      const ended = { ...assessment, ...outcome, finishedAt };
      await store.save(ended);
      this.options.onEnded?.(ended);
    };
    try {
      const subject = {
        report: report!,
        forensics: forensics!,
        alerts: await readAlerts(assessment.migration),
      };
      const { answer, disclosure, expense, redact } = await assessor.assess(
        subject,
        {
          onText: text => feed.write(text),
          onRestart: (reason, pauseMs) => feed.restart(reason, pauseMs),
          signal: AbortSignal.any([
            this.stopping.signal,
            AbortSignal.timeout(LONGEST_MS),
          ]),
        },
      );
      await finish({
        status: 'completed',
        result: checkCitations(answer, subject, redact),
        disclosure,
        expense,
      });
    } catch (error) {
      const problem = this.stopping.signal.aborted
        ? interrupted
        : explain(error);
      await finish({ status: 'failed', problem });
    }
  }
}

function explain(error: unknown): Problem {
  return error instanceof ProblemError
    ? error.problem
    : {
        code: 'assessment-failed',
        message: `The assessment failed: ${(error as Error).message}`,
        remedy: "Ask again; the backend's log says more if it fails again.",
      };
}
