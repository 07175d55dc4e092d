import {
  Migration,
  MigrationRequest,
  Step,
  stepNames,
  TimelineEvent,
} from '@cubemig/plugin-cubemig-common';
import {
  aCompletedMigration,
  aFailedMigration,
  aMigration,
  aPod,
  Answer,
  ErrorAnswer,
} from '../src/__testUtils__';
import { answerPages } from './answerPages';
import { Scenario, scenarios } from './scenarios';

const STEP_MS = 1800;
const MEBIBYTE = 1024 * 1024;

interface Started {
  migration: Migration;
  scenario: Scenario;
  at: number;
}

/** Plays the scenarios: what is started moves on with the clock. */
export class SimulatedBackend {
  private readonly started = new Map<string, Started>();

  readonly answer: Answer = async request => {
    const { method, path, query, body } = request;
    const answered = await answerPages(request);
    if (answered) return answered;
    if (method === 'POST') return this.start(body as MigrationRequest);
    const [, , id, detail] = path.split('/');
    if (detail === 'timeline') return { items: this.timeline(id) };
    if (id) return this.find(id);

    const name = query.get('entityRef')?.split('/')[1] ?? '';
    const scenario = scenarios[name];
    if (scenario.api === 'silent') return new Promise(() => {});
    if (scenario.api === 'failing') {
      return new ErrorAnswer(503, {
        name: 'ServiceUnavailableError',
        message:
          'The Kubernetes plugin of Backstage does not answer: check that it is installed in the backend',
      });
    }
    const own = [...this.started.values()].filter(s => s.scenario === scenario);
    if (path === '/migrations') {
      return {
        items: [
          ...own.map(s => this.progress(s)).reverse(),
          ...scenario.migrations,
        ],
      };
    }
    return {
      items: withMoved(
        scenario,
        own.map(s => this.progress(s)),
      ),
    };
  };

  private async start(request: MigrationRequest) {
    await new Promise(resolve => setTimeout(resolve, 700));
    const scenario = scenarios[request.entityRef?.split('/')[1] ?? ''];
    if (scenario.ends === 'refused') {
      return new ErrorAnswer(400, {
        name: 'InputError',
        message:
          'targetCluster: cluster2 has no namespace "demo"; create it or choose another cluster',
      });
    }
    const id = `new-${this.started.size + 1}`;
    const migration = aMigration({
      id,
      entityRef: request.entityRef,
      reason: request.reason,
      createdAt: new Date().toISOString(),
    });
    this.started.set(id, { migration, scenario, at: Date.now() });
    return migration;
  }

  private find(id: string) {
    const started = this.started.get(id);
    const known =
      started ??
      Object.values(scenarios)
        .flatMap(s => s.migrations)
        .find(m => m.id === id);
    if (!known) {
      return new ErrorAnswer(404, {
        name: 'NotFoundError',
        message: `There is no migration ${id}`,
      });
    }
    return started ? this.progress(started) : known;
  }

  private progress({ migration, scenario, at }: Started): Migration {
    const ms = Date.now() - at;
    const failsAt = scenario.ends === 'failed' ? 3 : stepNames.length;
    const current = Math.floor(ms / STEP_MS);
    const momentOf = (index: number) =>
      new Date(at + index * STEP_MS).toISOString();
    if (current >= failsAt) {
      const end =
        scenario.ends === 'failed' ? aFailedMigration() : aCompletedMigration();
      const isUndoing = scenario.ends === 'failed' && current === failsAt;
      return {
        ...end,
        ...migration,
        status: isUndoing ? 'undoing' : end.status,
        target: end.target,
        failure: end.failure,
        checkpoints: end.checkpoints,
        startedAt: momentOf(0),
        finishedAt: isUndoing ? undefined : momentOf(failsAt),
        steps: end.steps.map((step, i) =>
          step.startedAt
            ? { ...step, startedAt: momentOf(i), finishedAt: momentOf(i + 1) }
            : step,
        ),
      };
    }
    const steps = stepNames.map((name, i): Step => {
      if (i > current) return { name, status: 'pending' };
      const isDone = i < current;
      return {
        name,
        status: isDone ? 'succeeded' : 'running',
        startedAt: momentOf(i),
        finishedAt: isDone ? momentOf(i + 1) : undefined,
        phases:
          name === 'checkpoint'
            ? phasesAt(ms - i * STEP_MS, at + i * STEP_MS)
            : undefined,
      };
    });
    return { ...migration, status: 'running', startedAt: momentOf(0), steps };
  }

  private timeline(id: string): TimelineEvent[] {
    const started = this.started.get(id);
    const migration = started ? this.progress(started) : aFailedMigration();
    return migration.steps
      .filter(step => step.startedAt)
      .map((step, i) => ({
        sequence: i + 1,
        time: step.startedAt!,
        step: step.name,
        level: step.status === 'failed' ? 'error' : 'info',
        message:
          step.status === 'failed'
            ? migration.failure!.message
            : `The step ${step.name} began on ${migration.source.cluster}`,
      }));
  }
}

function phasesAt(ms: number, begin: number): Step['phases'] {
  const each = STEP_MS / 3;
  return (['checkpoint', 'image', 'push'] as const)
    .filter((_, i) => ms >= i * each)
    .map((name, i) => {
      const isDone = ms >= (i + 1) * each;
      return {
        name,
        container: 'counter',
        status: isDone ? 'succeeded' : 'running',
        startedAt: new Date(begin + i * each).toISOString(),
        finishedAt: isDone
          ? new Date(begin + (i + 1) * each).toISOString()
          : undefined,
        bytes: Math.min(1, (ms - i * each) / each) * 384 * MEBIBYTE,
      };
    });
}

function withMoved(scenario: Scenario, migrations: Migration[]) {
  const moved = migrations.filter(m => m.status === 'completed');
  return scenario.pods.map(({ cluster, pods }) => ({
    cluster,
    pods: [
      ...pods.filter(
        p =>
          !moved.some(
            m => m.source.cluster === cluster.name && m.source.pod === p.name,
          ),
      ),
      ...moved
        .filter(m => m.target?.cluster === cluster.name)
        .map(m =>
          aPod({
            cluster: cluster.name,
            name: m.target?.pod,
            uid: m.target?.uid,
            node: m.target?.node,
            createdAt: m.finishedAt,
            restoredBy: { migration: m.id, sourceCluster: m.source.cluster },
          }),
        ),
    ],
  }));
}
