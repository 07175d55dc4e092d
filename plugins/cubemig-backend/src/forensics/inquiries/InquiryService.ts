import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  courierRequestSchema,
  Inquiry,
  InquiryState,
  ReportKey,
  RevealRequest,
} from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { ClusterClient, Clusters, KubePod } from '../../clusters';
import { CubemigConfig } from '../../config';
import { explainFailure, ProblemError } from '../../failures';
import { parseResult } from '../../migration/courier';
import { explainPod, lastingReasons } from '../../migration/steps/podTrouble';
import { ForensicsStore } from '../store';
import { buildInquiryJob, LABEL_INQUIRY } from './buildInquiryJob';
import { buildTask } from './buildTask';
import { InquiryJob, InquiryStore } from './InquiryStore';
import { readRecords, toResult } from './readRecords';

/** More at a time are a mistake, or mischief. */
const MAX_RUNNING = 4;
/** Scheduling and pulling the courier's image come on top of an inquiry's own time, in milliseconds. */
const START_MS = 120_000;
const READ_MS = 20_000;

/**
 * Asks things of stored checkpoints. A courier's Job in the cluster that the checkpoint came from does the work; whoever asks for the answer
 * next fetches it from there, in whatever replica of the backend.
 */
export class InquiryService {
  constructor(
    private readonly options: {
      clusters: Clusters;
      config: CubemigConfig;
      reports: ForensicsStore;
      store: InquiryStore;
    },
  ) {}

  /**
   * Sends a courier.
   *
   * @throws NotFoundError, ConflictError, ProblemError
   */
  async start(
    key: ReportKey,
    inquiry: Inquiry | ({ kind: 'variable' } & RevealRequest),
    createdBy: string,
  ): Promise<InquiryState> {
    const { clusters, config, store } = this.options;
    const { source, subject } = await this.readSource(key);
    const since = new Date(Date.now() - this.limitMs).toISOString();
    if ((await store.countRunning(createdBy, since)) >= MAX_RUNNING) {
      throw new ConflictError(
        `You have ${MAX_RUNNING} inquiries under way; wait for one of them to end`,
      );
    }
    const before =
      inquiry.kind === 'file-diff' && inquiry.with
        ? (await this.readSource(inquiry.with)).source
        : undefined;
    const id = randomUUID();
    const request = courierRequestSchema.safeParse(
      buildTask(id, config, source, inquiry, before),
    );
    if (!request.success) throw new InputError(request.error.message);
    const client = await clusters.getClient(subject.cluster);
    const { metadata } = buildInquiryJob(config, request.data);
    const state: InquiryState = {
      id,
      ...key,
      kind: inquiry.kind,
      status: 'running',
      createdBy,
      createdAt: new Date().toISOString(),
    };
    // Noted before it is made, so that a crash in between leaves no Job that nobody knows.
    await store.add(state, {
      cluster: subject.cluster,
      namespace: metadata!.namespace!,
      name: metadata!.name!,
    });
    await client
      .create('Job', buildInquiryJob(config, request.data))
      .catch(async error => {
        const problem = explainFailure((error as Error).message);
        await store.end(state, { problem });
        throw error;
      });
    return state;
  }

  /**
   * How an inquiry stands. If its courier has ended, what it found is fetched.
   *
   * @throws NotFoundError also for inquiries of others
   */
  async get(id: string, createdBy: string): Promise<InquiryState> {
    const { clusters, store } = this.options;
    const found = await store.get(id);
    if (found?.state.createdBy !== createdBy) {
      throw new NotFoundError(`There is no inquiry '${id}'; ask again`);
    }
    const { state, job } = found;
    if (state.status !== 'running') return state;
    const client = await clusters.getClient(job.cluster);
    const [pod] = await client.list('Pod', {
      namespace: job.namespace,
      labelSelector: `${LABEL_INQUIRY}=${id}`,
    });
    const outcome = await this.look(state, client, pod).catch(error => {
      if (error instanceof ProblemError) return { problem: error.problem };
      throw error;
    });
    if (!outcome) return state;
    await removeJob(client, job);
    return store.end(state, outcome);
  }

  /** No inquiry is under way for longer. */
  private get limitMs() {
    const { inquiryTimeoutSeconds } = this.options.config.forensics;
    return inquiryTimeoutSeconds * 1000 + START_MS;
  }

  private async look(
    state: InquiryState,
    client: ClusterClient,
    pod: KubePod | undefined,
  ) {
    const container = pod?.status?.containerStatuses?.[0];
    const ended = container?.state?.terminated;
    if (pod && ended) {
      const result = parseResult(ended.message);
      if (!result || result.failure || ended.exitCode !== 0) {
        throw new ProblemError(
          explainFailure(
            result?.failure?.message ??
              `The courier ended with exit code ${ended.exitCode} and left no result`,
          ),
        );
      }
      const { namespace = '', name = '' } = pod.metadata!;
      const records = await readRecords(
        client.followLog(
          { namespace, name, container: 'courier' },
          AbortSignal.timeout(READ_MS),
        ),
      );
      const isCut = result.records?.isCut ?? false;
      const found = toResult(state.kind, records, isCut);
      if (found) return { result: found };
      throw new ProblemError({
        code: 'variable-not-found',
        message: 'The process has no such variable.',
        remedy: 'Look into the report for the names that it has.',
      });
    }
    if (pod && !container?.state?.running && lastingReasons(pod).length > 0) {
      throw await explainPod(client, pod);
    }
    if (Date.now() - Date.parse(state.createdAt) > this.limitMs) {
      throw new ProblemError({
        code: 'inquiry-timeout',
        message: "The courier did not end in the inquiry's time.",
        remedy:
          "Ask for less, give it more time (cubemig.forensics.inquiryTimeoutSeconds), or look at the Jobs in the courier's namespace.",
      });
    }
    return undefined;
  }

  private async readSource(key: ReportKey) {
    const { migration, container } = key;
    const found = await this.options.reports.getSource(key);
    if (!found?.source) {
      throw new NotFoundError(
        `There is no examined checkpoint of '${container}' of the migration '${migration}'`,
      );
    }
    return { source: found.source, subject: found.subject };
  }
}

/** The Job goes with its log, in which there may be a secret. */
async function removeJob(client: ClusterClient, job: InquiryJob) {
  await client.delete('Job', job, { propagationPolicy: 'Background' });
}
