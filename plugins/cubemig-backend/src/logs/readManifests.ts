import { isSecretName, MASK, SecretMask } from '@cubemig/checkpoint';
import { Migration, MigrationManifests } from '@cubemig/plugin-cubemig-common';
import { ClusterApiError, Clusters, KubeContainer, KubePod } from '../clusters';
import { MigrationStore, toYaml } from '../migration';

/**
 * A migration's pods as YAML: the source as it was before the checkpoint, the target as it is now. What looks like a secret is masked, also
 * in arguments and annotations, and what only controllers read is left out.
 */
export async function readManifests(
  { id, source, target }: Migration,
  tools: { clusters: Clusters; store: Pick<MigrationStore, 'getFacts'> },
): Promise<MigrationManifests> {
  const facts = await tools.store.getFacts(id);
  const before = facts?.pod ?? (await readPod(source, tools.clusters));
  const after = target && (await readPod(target, tools.clusters));
  return {
    source: before && toYaml('Pod', mask(before)),
    target: after && toYaml('Pod', mask(after)),
  };
}

/** The pod that has this place and uid, as far as it can be read. */
async function readPod(
  {
    cluster,
    namespace,
    pod: name,
    uid,
  }: { cluster: string; namespace: string; pod: string; uid?: string },
  clusters: Clusters,
): Promise<KubePod | undefined> {
  try {
    const client = await clusters.getClient(cluster);
    const pod = await client.get('Pod', { namespace, name });
    return uid && pod?.metadata?.uid === uid ? pod : undefined;
  } catch (error) {
    if (error instanceof ClusterApiError) return undefined;
    throw error;
  }
}

/** @internal */
export function mask(pod: KubePod): KubePod {
  const { managedFields, annotations, ...metadata } = pod.metadata ?? {};
  // It repeats the whole object, values and all.
  const { ['kubectl.kubernetes.io/last-applied-configuration']: _, ...kept } =
    annotations ?? {};
  const {
    containers = [],
    initContainers = [],
    ephemeralContainers = [],
  } = pod.spec ?? {};
  const environments = [
    ...containers,
    ...initContainers,
    ...ephemeralContainers,
  ].map(({ env = [] }) =>
    Object.fromEntries(env.map(({ name, value = '' }) => [name, value])),
  );
  const secrets = SecretMask.of([...environments, kept]);
  return secrets.data({
    ...pod,
    metadata: { ...metadata, annotations: secrets.environment(kept) },
    spec: pod.spec && {
      ...pod.spec,
      containers: pod.spec.containers.map(maskContainer),
      initContainers: pod.spec.initContainers?.map(maskContainer),
      ephemeralContainers: pod.spec.ephemeralContainers?.map(maskContainer),
    },
  });
}

function maskContainer<C extends Pick<KubeContainer, 'env'>>(container: C): C {
  return {
    ...container,
    env: container.env?.map(variable =>
      variable.value && isSecretName(variable.name)
        ? { ...variable, value: MASK }
        : variable,
    ),
  };
}
