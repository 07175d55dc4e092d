import {
  Checkpoint,
  MigrationOrder,
  Owner,
  Problem,
} from '@cubemig/plugin-cubemig-common';
import { NotFoundError } from '@backstage/errors';
import {
  ClusterApiError,
  ClusterClient,
  Clusters,
  explainClusterError,
  KubeNode,
  KubePod,
} from '../../clusters';
import { CubemigConfig } from '../../config';
import { ProblemError } from '../../failures';
import { resolveOwner } from '../../pods';
import { followersOf } from '../followersOf';
import {
  courierSecretsOf,
  placeOf,
  restoredPodSecretsOf,
  travellingVolumes,
} from '../objects';
import {
  Inventory,
  SourceInventory,
  StoredVolume,
  TargetInventory,
} from './Inventory';
import { readIfAllowed, valueOf } from './Reading';
import { readPlatformSecrets } from './readPlatformSecrets';
import { readReferences } from './readReferences';
import { readWorkload } from './readWorkload';

/** What is known of a pod whose checkpoints lie in the registry. */
export interface StoredPod {
  pod: KubePod;
  node?: KubeNode;
  owner?: Owner;
  checkpoints: Checkpoint[];
  /** Files of emptyDirs that lie in the registry. */
  volumes?: StoredVolume[];
}

export interface InventorySources {
  clusters: Clusters;
  config: CubemigConfig;
  /** Only of the mode `restore`; undefined where those checkpoints are not known (any more). */
  stored?: StoredPod;
  /** The id of another migration of the pod that is not over. */
  rival?: string;
}

/** Reads all that a plan is made from. What Backstage may not read is marked as such; a cluster that fails altogether has a `problem`. */
export async function readInventory(
  order: MigrationOrder,
  sources: InventorySources,
): Promise<Inventory> {
  const source = await guard(order.sourceCluster, () =>
    order.mode === 'restore'
      ? Promise.resolve(recallSource(order, sources.stored))
      : readSource(order, sources),
  );
  const place = placeOf(order);
  if (!place) return { source, rival: sources.rival };
  const target = await guard<TargetInventory>(
    place.cluster,
    () => readTarget(order, source, sources),
    { references: [] },
  );
  return { source, target, rival: sources.rival };
}

function recallSource(
  order: MigrationOrder,
  stored: StoredPod | undefined,
): SourceInventory {
  const cluster = order.sourceCluster;
  if (!stored || stored.checkpoints.length === 0) {
    return { cluster, problem: noCheckpoints(order.checkpointsOf) };
  }
  return { cluster, ...stored };
}

async function readSource(
  order: MigrationOrder,
  { clusters, config }: InventorySources,
): Promise<SourceInventory> {
  const { sourceCluster: cluster, namespace, pod: name } = order;
  const client = await clusters.getClient(cluster);
  const pod = await client.get('Pod', { namespace, name });
  if (!pod) return { cluster, problem: podNotFound(order) };
  if (order.podUid && pod.metadata?.uid !== order.podUid) {
    return { cluster, problem: podReplaced(order) };
  }
  const { serviceAccount } = config.courier;
  const courier = {
    namespace: config.courier.namespace,
    name: serviceAccount,
  };
  const list = listIn(client, namespace);
  const [
    replicaSets,
    node,
    hasCourier,
    platformSecrets,
    autoscalers,
    budgets,
    policies,
  ] = await Promise.all([
    list('ReplicaSet'),
    readIfAllowed(cluster, () =>
      client.get('Node', { name: pod.spec?.nodeName ?? '' }),
    ),
    readIfAllowed(cluster, () => client.exists('ServiceAccount', courier)),
    readPlatformSecrets(client, courier.namespace, courierSecretsOf(config)),
    list('HorizontalPodAutoscaler'),
    list('PodDisruptionBudget'),
    list('NetworkPolicy'),
  ]);
  const isOfReplicaSet = pod.metadata?.ownerReferences?.some(
    ({ controller, kind }) => controller && kind === 'ReplicaSet',
  );
  if (isOfReplicaSet && !replicaSets.isReadable) {
    return { cluster, problem: replicaSets.problem };
  }
  const owner = resolveOwner(pod, valueOf(replicaSets) ?? []);
  const workload = await readWorkload(client, namespace, owner);
  const followers =
    order.wholeWorkload && owner
      ? followersOf(
          { name, owner },
          await client.list('Pod', { namespace }),
          valueOf(replicaSets) ?? [],
        )
      : [];
  return {
    cluster,
    pod,
    owner,
    workload,
    followers: followers.map(({ metadata }) => metadata!.name!),
    node: valueOf(node),
    hasCourier,
    platformSecrets,
    autoscalers,
    budgets,
    policies,
  };
}

async function readTarget(
  order: MigrationOrder,
  source: SourceInventory,
  { clusters, config }: InventorySources,
): Promise<TargetInventory> {
  const { cluster, namespace, pod: name } = placeOf(order)!;
  const client = await clusters.getClient(cluster);
  const list = listIn(client, namespace);
  const { pod, owner } = source;
  if (!pod) return { cluster, references: [] };
  const [space, hasPod, nodes, workload, replicaSets, autoscalers, policies] =
    await Promise.all([
      readIfAllowed(cluster, () =>
        client.get('Namespace', { name: namespace }),
      ),
      readIfAllowed(cluster, () => client.exists('Pod', { namespace, name })),
      readIfAllowed(cluster, () => client.list('Node')),
      readIfAllowed(cluster, () => readWorkload(client, namespace, owner)),
      list('ReplicaSet'),
      list('HorizontalPodAutoscaler'),
      list('NetworkPolicy'),
    ]);
  const service =
    source.workload?.spec && 'serviceName' in source.workload.spec
      ? source.workload.spec.serviceName
      : undefined;
  const hasFiles =
    order.mode === 'restore'
      ? (source.volumes?.length ?? 0) > 0
      : travellingVolumes(order, config, pod).length > 0;
  return {
    cluster,
    namespace: space,
    platformSecrets: await readPlatformSecrets(
      client,
      namespace,
      restoredPodSecretsOf(config, hasFiles),
    ),
    hasPod,
    nodes,
    workload,
    replicaSets,
    hasService: service
      ? await readIfAllowed(cluster, () =>
          client.exists('Service', { namespace, name: service }),
        )
      : undefined,
    autoscalers,
    policies,
    references: await readReferences(
      order,
      source,
      clusters,
      config.registry.pullSecrets,
    ),
  };
}

function listIn(client: ClusterClient, namespace: string) {
  return <K extends Parameters<ClusterClient['list']>[0]>(kind: K) =>
    readIfAllowed(client.cluster, () => client.list<K>(kind, { namespace }));
}

/** A cluster that cannot be used is something that the plan says, not something that keeps it from being made. */
async function guard<T extends { cluster: string; problem?: Problem }>(
  cluster: string,
  read: () => Promise<T>,
  empty: Omit<T, 'cluster' | 'problem'> = {} as Omit<T, 'cluster' | 'problem'>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const problem = explain(cluster, error);
    if (!problem) throw error;
    return { ...empty, cluster, problem } as T;
  }
}

function explain(cluster: string, error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof ClusterApiError) {
    return explainClusterError(cluster, error);
  }
  if (error instanceof NotFoundError) {
    return {
      code: 'cluster-unknown',
      message: `${error.message}.`,
      remedy: "Add it to Backstage's Kubernetes config, or choose another.",
    };
  }
  return undefined;
}

function podNotFound({ pod, namespace, sourceCluster }: MigrationOrder) {
  return {
    code: 'pod-not-found',
    message: `The pod '${pod}' is not in the namespace '${namespace}' of cluster '${sourceCluster}'.`,
    remedy: 'Reload the list of pods: it may have been replaced by another.',
  };
}

function podReplaced({ pod }: MigrationOrder) {
  return {
    code: 'pod-replaced',
    message: `The pod '${pod}' is not the one that was to be migrated: another has taken its name.`,
    remedy:
      'Reload the list of pods and migrate the new one if you still want to.',
  };
}

function noCheckpoints(migration = '') {
  return {
    code: 'checkpoints-unknown',
    message: `The migration '${migration}' has no checkpoints (any more).`,
    remedy:
      'Choose a migration whose checkpoint step succeeded; retention may have removed what was older.',
  };
}
