import { Owner } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, KubeWorkload } from '../../clusters';

const WORKLOAD_KINDS = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'Job',
] as const;

/** The workload that owns a pod, in whichever cluster; undefined for a bare pod and for kinds that cannot be migrated. */
export async function readWorkload(
  client: ClusterClient,
  namespace: string,
  owner: Owner | undefined,
): Promise<KubeWorkload | undefined> {
  const kind = WORKLOAD_KINDS.find(known => known === owner?.kind);
  if (!kind) return undefined;
  return client.get(kind, { namespace, name: owner!.name });
}
