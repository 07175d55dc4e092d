import { CubemigApi, Pod } from '@cubemig/plugin-cubemig-common';
import { ApiError } from '../api/ApiError';
import { exitCodes } from '../exitCodes';

/** Where to look for a pod; everywhere that is left out. */
export interface Whereabouts {
  sourceCluster?: string;
  namespace?: string;
}

/**
 * The pod that has this name or, if there is none, the only pod of the workload that has it.
 *
 * @throws ApiError if there is none, or more than one
 */
export async function findPod(
  api: CubemigApi,
  name: string,
  where: Whereabouts,
): Promise<Pod> {
  const pods = await listPods(api, where);
  const named = pods.filter(pod => pod.name === name);
  const owned = pods.filter(pod => pod.owner?.name === name);
  const found = named.length > 0 ? named : owned;
  if (found.length === 1) return found[0];
  throw new ApiError(
    found.length === 0
      ? `There is no pod or workload "${name}"${
          where.namespace ? ` in the namespace ${where.namespace}` : ''
        }${where.sourceCluster ? ` of ${where.sourceCluster}` : ''}`
      : `"${name}" is not the only one:\n${found
          .map(pod => `  ${pod.cluster}  ${pod.namespace}  ${pod.name}`)
          .join('\n')}`,
    exitCodes.refused,
    found.length === 0
      ? 'See what there is with "cubemig pods".'
      : "Give the pod's whole name, --source-cluster or --namespace.",
  );
}

/** Pods, cluster by cluster and namespace by namespace. */
export async function listPods(
  api: CubemigApi,
  { sourceCluster, namespace }: Whereabouts,
): Promise<Pod[]> {
  const clusters = sourceCluster ? [sourceCluster] : await usableClusters(api);
  const pods = await Promise.all(
    clusters.map(async cluster => {
      const namespaces = namespace
        ? [namespace]
        : (await api.clusters.listNamespaces(cluster)).map(({ name }) => name);
      return Promise.all(
        namespaces.map(name => api.clusters.listPods(cluster, name)),
      );
    }),
  );
  return pods.flat(2);
}

/** The only other cluster there is. @throws ApiError if there are more, or none */
export async function otherCluster(
  api: CubemigApi,
  source: string,
): Promise<string> {
  const others = (await usableClusters(api)).filter(name => name !== source);
  if (others.length === 1) return others[0];
  throw new ApiError(
    others.length === 0
      ? `There is no cluster besides ${source} that could take the pod`
      : `Several clusters could take the pod: ${others.join(', ')}`,
    exitCodes.usage,
    'Name one with --dest-cluster.',
  );
}

async function usableClusters(api: CubemigApi): Promise<string[]> {
  const clusters = await api.clusters.list();
  return clusters.filter(({ problem }) => !problem).map(({ name }) => name);
}
