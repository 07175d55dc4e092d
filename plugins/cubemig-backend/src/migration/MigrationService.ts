import { InputError, NotFoundError } from '@backstage/errors';
import {
  KUBERNETES_ID,
  Migration,
  MigrationOrder,
  stepNames,
} from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { Clusters } from '../clusters';
import { ProblemError } from '../failures';
import { MigrationStore } from './store';

/** Takes in what users ask for. */
export class MigrationService {
  constructor(
    private readonly options: {
      clusters: Clusters;
      store: MigrationStore;
      /** Told that there is something to run. */
      onAdded: () => void;
    },
  ) {}

  /**
   * Stores a migration to be run.
   *
   * @param kubernetesId - if given, the pod must carry it as its label `backstage.io/kubernetes-id`
   * @throws InputError that names the field; ConflictError if the pod is being migrated already
   */
  async start(
    request: MigrationOrder,
    context: { createdBy: string; kubernetesId?: string },
  ): Promise<Migration> {
    const { sourceCluster, targetCluster, namespace, pod: name } = request;
    if (request.mode !== 'move' || !targetCluster) {
      throw new InputError(`mode: '${request.mode}' is not possible yet`);
    }
    await this.getClient('targetCluster', targetCluster);
    const source = await this.getClient('sourceCluster', sourceCluster);
    const pod = await source.get('Pod', { namespace, name });
    if (!pod) {
      throw new InputError(
        `pod: there is no pod '${name}' in the namespace '${namespace}' of '${sourceCluster}'; reload the list of pods`,
      );
    }
    if (request.podUid && request.podUid !== pod.metadata?.uid) {
      throw new InputError(
        `podUid: the pod '${name}' has been replaced since; reload the list of pods`,
      );
    }
    const { kubernetesId, createdBy } = context;
    if (
      kubernetesId &&
      pod.metadata?.labels?.[KUBERNETES_ID] !== kubernetesId
    ) {
      throw new InputError(
        `pod: the pod '${name}' does not belong to ${request.entityRef}; its label ${KUBERNETES_ID} would have to be '${kubernetesId}'`,
      );
    }
    const migration: Migration = {
      id: randomUUID(),
      mode: request.mode,
      status: 'queued',
      trigger: { kind: 'user' },
      attempt: 1,
      order: request,
      entityRef: request.entityRef,
      reason: request.reason,
      createdBy,
      createdAt: new Date().toISOString(),
      source: {
        cluster: sourceCluster,
        namespace,
        pod: name,
        uid: pod.metadata?.uid,
        node: pod.spec?.nodeName,
      },
      target: { cluster: targetCluster, namespace, pod: name },
      steps: stepNames.map(step => ({ name: step, status: 'pending' })),
      checkpoints: [],
      warnings: [],
    };
    await this.options.store.add(migration);
    this.options.onAdded();
    return migration;
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Migration> {
    const migration = await this.options.store.get(id);
    if (!migration) throw new NotFoundError(`There is no migration '${id}'`);
    return migration;
  }

  private async getClient(field: string, cluster: string) {
    try {
      return await this.options.clusters.getClient(cluster);
    } catch (error) {
      if (error instanceof NotFoundError) {
        throw new InputError(`${field}: ${error.message}`);
      }
      if (error instanceof ProblemError) {
        const { message, remedy } = error.problem;
        throw new InputError(`${field}: ${message} ${remedy}`);
      }
      throw error;
    }
  }
}
