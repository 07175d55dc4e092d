import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AttackName,
  LABEL_SIMULATION,
  Simulation,
  SimulationPod,
  SimulationRequest,
} from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { Clusters } from '../clusters';
import { ProblemError } from '../failures';
import { PodReader } from '../pods';
import { attackOf } from './attacks';
import { PodShell } from './exec';
import { findRefusal } from './findRefusal';
import { SimulationConfig } from './simulationConfig';
import { SimulationStore } from './SimulationStore';

/** Runs harmless attacks in pods that are labelled for them. What comes of it, Falco sees and tells, or does not. */
export class SimulationService {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: {
      clusters: Clusters;
      config: SimulationConfig;
      logger: LoggerService;
      namespaces: readonly string[];
      pods: PodReader;
      shell: PodShell;
      store: SimulationStore;
    },
  ) {}

  /**
   * Starts an attack; resolves as soon as it runs.
   *
   * @throws NotAllowedError, InputError that says what to do, ConflictError
   */
  async start(
    request: SimulationRequest,
    createdBy: string,
  ): Promise<Simulation> {
    const { clusters, config, pods, store } = this.options;
    const { cluster, namespace, pod: name, attack } = request;
    if (!config.enabled) {
      throw new NotAllowedError(
        'Simulated attacks are switched off: cubemig.simulation.enabled in app-config',
      );
    }
    pods.requireGranted(namespace);
    const client = await clusters.getClient(cluster);
    const pod = await client.get('Pod', { namespace, name });
    if (!pod) {
      throw new InputError(
        `pod: there is no pod '${name}' in the namespace '${namespace}' of '${cluster}'`,
      );
    }
    const refusal = findRefusal(pod);
    if (refusal) {
      throw new NotAllowedError(`${refusal.message} ${refusal.remedy}`);
    }
    const containers = pod.spec!.containers.map(container => container.name);
    const container = request.container ?? containers[0];
    if (!containers.includes(container)) {
      throw new InputError(
        `container: the pod has ${containers.join(', ')}, not '${container}'`,
      );
    }
    const simulation: Simulation = {
      id: randomUUID(),
      cluster,
      namespace,
      pod: name,
      container,
      attack,
      status: 'running',
      createdBy,
      startedAt: new Date().toISOString(),
    };
    await store.add(simulation);
    this.begin(simulation);
    return simulation;
  }

  /**
   * As the original CubeMig starts it: in the first pod of an application that is labelled for it.
   *
   * @throws InputError if there is none
   */
  async startByApp(
    appName: string,
    attack: AttackName,
    createdBy: string,
  ): Promise<Simulation> {
    const { clusters, namespaces } = this.options;
    for (const { name: cluster, problem } of await clusters.list()) {
      if (problem) continue;
      const client = await clusters.getClient(cluster);
      for (const namespace of namespaces) {
        const found = await client.list('Pod', {
          namespace,
          labelSelector: `${LABEL_SIMULATION}=allowed`,
        });
        const pod = found.find(
          candidate =>
            !findRefusal(candidate) &&
            [
              candidate.metadata?.labels?.app,
              candidate.metadata?.name,
            ].includes(appName),
        )?.metadata?.name;
        if (pod) {
          return this.start({ cluster, namespace, pod, attack }, createdBy);
        }
      }
    }
    throw new InputError(
      `appName: no running pod with the label app=${appName}, or of that name, is labelled ${LABEL_SIMULATION}=allowed`,
    );
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Simulation> {
    const simulation = await this.options.store.get(id);
    if (!simulation) throw new NotFoundError(`There is no simulation '${id}'`);
    return simulation;
  }

  /** Newest first. */
  async list(limit: number): Promise<Simulation[]> {
    return this.options.store.list(limit);
  }

  /** A namespace's pods, each with why attacks may not be simulated in it. */
  async listPods(cluster: string, namespace: string): Promise<SimulationPod[]> {
    const { clusters, pods } = this.options;
    const summaries = await pods.listPods(cluster, namespace);
    const client = await clusters.getClient(cluster);
    const found = await client.list('Pod', { namespace });
    const byUid = new Map(found.map(pod => [pod.metadata?.uid, pod]));
    return summaries.flatMap(summary => {
      const pod = byUid.get(summary.uid);
      return pod ? [{ ...summary, refusal: findRefusal(pod) }] : [];
    });
  }

  /** Resolves when nothing runs. */
  async whenIdle() {
    await Promise.all(this.running);
  }

  async stop() {
    this.stopping.abort();
    await this.whenIdle();
  }

  private begin(simulation: Simulation) {
    const running = this.run(simulation)
      .catch(error =>
        this.options.logger.error('A simulation was lost', error as Error),
      )
      .finally(() => this.running.delete(running));
    this.running.add(running);
  }

  private async run(simulation: Simulation) {
    const { config, shell, store } = this.options;
    const end = (outcome: Partial<Simulation>) =>
      store.end({
        ...simulation,
        ...outcome,
        finishedAt: new Date().toISOString(),
      });
    try {
      const { exitCode, output } = await shell.run(
        simulation,
        ['sh', '-c', attackOf(simulation.attack).script],
        AbortSignal.any([
          this.stopping.signal,
          AbortSignal.timeout(config.timeoutSeconds * 1000),
        ]),
      );
      await end({
        status: exitCode === 0 ? 'completed' : 'failed',
        exitCode,
        output,
        problem:
          exitCode === 0
            ? undefined
            : {
                code: 'simulation-exit',
                message: `The script ended with exit code ${exitCode}.`,
                remedy:
                  'Its output says why; images without the usual programs (bash, shred, find) cannot run every attack.',
              },
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await end({ status: 'failed', problem: error.problem });
    }
  }
}
