import { NotFoundError } from '@backstage/errors';
import {
  KUBERNETES_ID,
  Migration,
  MigrationOrder,
  Trigger,
} from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { ClusterClient, Clusters, KubePod } from '../clusters';
import { FieldError, ProblemError } from '../failures';
import { EntityFinder, resolveOwner } from '../pods';
import { followersOf } from './followersOf';
import { placeOf } from './objects';
import { stepsOfMode } from './stepsOfMode';
import { MigrationFacts, MigrationStore } from './store';

/** How many pods of a workload are read at the same time. */
const AT_ONCE = 10;

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

/** A migration as it is stored before anybody runs it. */
export interface PreparedMigration {
  migration: Migration;
  facts: MigrationFacts;
}

/** Finds out what an order is about. What it throws is an InputError that names the field. */
export class OrderReader {
  constructor(
    private readonly options: {
      clusters: Clusters;
      entities: Pick<EntityFinder, 'find'>;
      store: Pick<MigrationStore, 'get' | 'getFacts'>;
    },
  ) {}

  /** @param orderedAt - who was ordered earlier starts first */
  async prepare(
    order: MigrationOrder,
    context: StartContext,
    orderedAt = new Date(),
  ): Promise<PreparedMigration> {
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
      reason: order.reason,
      createdBy: context.createdBy,
      createdAt: orderedAt.toISOString(),
      target: placeOf(order),
      steps: stepsOfMode[order.mode].map(name => ({ name, status: 'pending' })),
      checkpoints: [],
      warnings: [],
      ...origin,
    };
    return { migration, facts };
  }

  /** The migrations of the workload's other pods, in the order in which they can follow. */
  async prepareFollowers(
    order: MigrationOrder,
    { source, createdAt }: Migration,
    context: StartContext,
  ): Promise<PreparedMigration[]> {
    const { namespace, sourceCluster: cluster } = order;
    const { owner } = source;
    if (!owner) return [];
    const client = await this.getClient('sourceCluster', cluster);
    const pods = followersOf(
      { name: source.pod, owner },
      await client.list('Pod', { namespace }),
      await client.list('ReplicaSet', { namespace }),
    );
    const { id, attempt, ...rest } = context;
    const follow = ({ metadata }: KubePod, place: number) =>
      this.prepare(
        {
          ...order,
          pod: metadata!.name!,
          podUid: metadata!.uid,
          wholeWorkload: false,
        },
        rest,
        new Date(Date.parse(createdAt) + place + 1),
      );
    const followers: PreparedMigration[] = [];
    while (followers.length < pods.length) {
      const at = followers.length;
      const next = pods.slice(at, at + AT_ONCE);
      followers.push(
        ...(await Promise.all(next.map((pod, i) => follow(pod, at + i)))),
      );
    }
    return followers;
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
      entityRef: order.entityRef ?? (await this.findEntity(pod)),
      facts: {},
    };
  }

  /** Owners see what others do with their pods, too. */
  private async findEntity({ metadata }: KubePod) {
    const id = metadata?.labels?.[KUBERNETES_ID];
    return id === undefined ? undefined : this.options.entities.find(id);
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
    const entityRef = order.entityRef ?? origin.entityRef;
    return { source, checkpoints, entityRef, facts: stored };
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
