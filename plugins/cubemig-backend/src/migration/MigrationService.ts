import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  KUBERNETES_ID,
  Migration,
  MigrationOrder,
  MigrationStatus,
  Trigger,
} from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { ClusterClient, Clusters, KubePod } from '../clusters';
import { FieldError, ProblemError } from '../failures';
import { resolveOwner } from '../pods';
import { placeOf } from './objects';
import { stepsOfMode } from './stepsOfMode';
import {
  MigrationFacts,
  MigrationPage,
  MigrationQuery,
  MigrationStore,
} from './store';

/** Who starts a migration, and why. */
export interface StartContext {
  /** The migration's id, if it must be found again by it. Defaults to a new one. */
  id?: string;
  createdBy: string;
  /** If given, the pod must carry it as its label `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
  /** Defaults to a user. */
  trigger?: Trigger;
  /** Defaults to 1. */
  attempt?: number;
}

/** Takes in what users ask for. */
export class MigrationService {
  constructor(
    private readonly options: {
      clusters: Clusters;
      store: MigrationStore;
      /** Told that there is something to run. */
      onAdded: () => void;
      /** Told about a migration that is over before any worker had it. */
      onEnd?: (migration: Migration) => Promise<void>;
    },
  ) {}

  /**
   * Stores a migration to be run.
   *
   * @throws InputError that names the field; ConflictError if the pod is being migrated already
   */
  async start(
    order: MigrationOrder,
    context: StartContext,
  ): Promise<Migration> {
    if (order.targetCluster) {
      await this.getClient('targetCluster', order.targetCluster);
    }
    const { facts, ...origin } =
      order.mode === 'restore'
        ? await this.findStored(order)
        : await this.findPod(order, context);
    const migration: Migration = {
      id: context.id ?? randomUUID(),
      mode: order.mode,
      status: 'queued',
      trigger: context.trigger ?? { kind: 'user' },
      attempt: context.attempt ?? 1,
      order,
      entityRef: order.entityRef,
      reason: order.reason,
      createdBy: context.createdBy,
      createdAt: new Date().toISOString(),
      target: placeOf(order),
      steps: stepsOfMode[order.mode].map(name => ({ name, status: 'pending' })),
      checkpoints: [],
      warnings: [],
      ...origin,
    };
    await this.options.store.add(migration, facts);
    this.options.onAdded();
    return migration;
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Migration> {
    const migration = await this.options.store.get(id);
    if (!migration) throw new NotFoundError(`There is no migration '${id}'`);
    return migration;
  }

  /** @throws InputError if the cursor is none of this list's */
  async list(query: MigrationQuery): Promise<MigrationPage> {
    return this.options.store.list(query);
  }

  async countByStatus(): Promise<Record<MigrationStatus, number>> {
    return this.options.store.countByStatus();
  }

  /**
   * Asks to stop a migration; what it made is taken back. One that waits is over at once.
   *
   * @throws NotFoundError; ConflictError if it is over, or too far to go back
   */
  async cancel(id: string, by: string): Promise<Migration> {
    const isAccepted = await this.options.store.cancel(id, by);
    const migration = await this.get(id);
    // Of one that was begun, its worker tells.
    if (isAccepted && !migration.startedAt) {
      await this.options.onEnd?.(migration);
    }
    if (isAccepted || migration.status === 'undoing') return migration;
    throw new ConflictError(
      migration.status === 'running'
        ? 'The target serves and the source is being stopped: it is too late to cancel. Migrate back instead'
        : `The migration is ${migration.status} already`,
    );
  }

  /**
   * Stores the same again, as the next attempt.
   *
   * @throws as `start`; NotFoundError; ConflictError if it is not over, or has succeeded
   */
  async retry(id: string, context: StartContext): Promise<Migration> {
    const { status, order, attempt } = await this.get(id);
    if (status !== 'failed' && status !== 'cancelled') {
      throw new ConflictError(
        `The migration is ${status}: only one that failed or was cancelled can be tried again`,
      );
    }
    return this.start(order, {
      ...context,
      trigger: { kind: 'retry', of: id },
      attempt: attempt + 1,
    });
  }

  /** Keeps a migration's checkpoints from retention. @throws NotFoundError; ConflictError if they are gone */
  async hold(id: string, by: string): Promise<Migration> {
    const isHeld = await this.options.store.hold(id, by);
    const migration = await this.get(id);
    if (isHeld) return migration;
    throw new ConflictError(
      'The checkpoints of this migration have been removed: there is nothing left to hold',
    );
  }

  /** Leaves a migration's checkpoints to retention again. @throws NotFoundError */
  async release(id: string): Promise<Migration> {
    await this.options.store.hold(id, undefined);
    return this.get(id);
  }

  private async findPod(order: MigrationOrder, { kubernetesId }: StartContext) {
    const { sourceCluster: cluster, namespace, pod: name } = order;
    const source = await this.getClient('sourceCluster', cluster);
    const pod = await source.get('Pod', { namespace, name });
    if (!pod) {
      throw new FieldError(
        'pod',
        `there is no pod '${name}' in the namespace '${namespace}' of '${cluster}'; reload the list of pods`,
      );
    }
    if (order.podUid && order.podUid !== pod.metadata?.uid) {
      throw new FieldError(
        'podUid',
        `the pod '${name}' has been replaced since; reload the list of pods`,
      );
    }
    if (
      kubernetesId &&
      pod.metadata?.labels?.[KUBERNETES_ID] !== kubernetesId
    ) {
      throw new FieldError(
        'pod',
        `the pod '${name}' does not belong to ${order.entityRef}; its label ${KUBERNETES_ID} would have to be '${kubernetesId}'`,
      );
    }
    return {
      source: {
        cluster,
        namespace,
        pod: name,
        uid: pod.metadata?.uid,
        node: pod.spec?.nodeName,
        owner: await readOwner(source, pod),
      },
      facts: {},
    };
  }

  /** What `restore` starts from: another migration's checkpoints, and what that one knew of the pod. */
  private async findStored(order: MigrationOrder) {
    const id = order.checkpointsOf!;
    const { store } = this.options;
    const [origin, facts] = await Promise.all([
      store.get(id),
      store.getFacts(id),
    ]);
    if (
      !origin ||
      !facts ||
      origin.checkpoints.length === 0 ||
      origin.checkpointsRemoved
    ) {
      throw new FieldError(
        'checkpointsOf',
        `the migration '${id}' has no checkpoints; choose another`,
      );
    }
    const { source, checkpoints } = origin;
    const isSame =
      source.cluster === order.sourceCluster &&
      source.namespace === order.namespace &&
      source.pod === order.pod;
    if (!isSame) {
      throw new FieldError(
        'checkpointsOf',
        `the migration '${id}' was of ${source.cluster}/${source.namespace}/${source.pod}; name that pod`,
      );
    }
    const stored: MigrationFacts = { ...facts };
    delete stored.isSourceStopping;
    delete stored.targetStarts;
    delete stored.interruption;
    return { source, checkpoints, facts: stored };
  }

  private async getClient(field: string, cluster: string) {
    try {
      return await this.options.clusters.getClient(cluster);
    } catch (error) {
      if (error instanceof NotFoundError) {
        throw new FieldError(field, `${error.message}`);
      }
      if (error instanceof ProblemError) {
        const { message, remedy } = error.problem;
        throw new FieldError(field, `${message} ${remedy}`);
      }
      throw error;
    }
  }
}

/** The pod's workload, as far as it may be read: it decides whose turn it is. Preflight says what is wrong. */
async function readOwner(source: ClusterClient, pod: KubePod) {
  const owner = pod.metadata?.ownerReferences?.find(o => o.controller);
  if (owner?.kind !== 'ReplicaSet') return resolveOwner(pod, []);
  const { namespace } = pod.metadata!;
  const replicaSet = await source
    .get('ReplicaSet', { namespace, name: owner.name })
    .catch(() => undefined);
  return resolveOwner(pod, replicaSet ? [replicaSet] : []);
}
