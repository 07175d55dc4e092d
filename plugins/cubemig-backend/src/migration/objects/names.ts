import { MigrationOrder } from '@cubemig/plugin-cubemig-common';

/** Twelve characters of a migration's id: enough to tell its objects apart from those of any other that still exists. */
function shorten(migration: string) {
  return migration.replace(/-/g, '').slice(0, 12);
}

/** The courier's Job, in the courier's namespace of the source cluster. */
export function courierJobName(migration: string) {
  return `cubemig-${shorten(migration)}`;
}

/** The Job that removes what a migration's courier has left on its node. */
export function sweepJobName(migration: string) {
  return `cubemig-sweep-${shorten(migration)}`;
}

/** The pod that pulls base images, in the target's namespace. */
export function prePullPodName(migration: string) {
  return `cubemig-pre-pull-${shorten(migration)}`;
}

/** The policy, account and twins of a pod in quarantine, in the target's namespace. */
export function quarantineName(migration: string) {
  return `cubemig-${shorten(migration)}`;
}

/** The policy that cuts a contained source off, in the source's namespace. */
export function isolationName(migration: string) {
  return `cubemig-isolated-${shorten(migration)}`;
}

/** The `pod-template-hash` of a ReplicaSet that CubeMig makes; no hash of Kubernetes' own contains an "m". */
export function podTemplateHash(migration: string) {
  return `cm${shorten(migration).slice(0, 8)}`;
}

/**
 * The repository of a workload's checkpoints, below the registry's host. Names that Kubernetes allows and registries do not
 * are bent to fit; the tag holds the migration's id, so that two names bent alike do no harm.
 */
export function checkpointRepository(
  prefix: string,
  source: { cluster: string; namespace: string; workload: string },
) {
  const parts = [source.cluster, source.namespace, source.workload].map(
    part =>
      part
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '') || 'x',
  );
  return [prefix, ...parts]
    .join('/')
    .slice(0, 255)
    .replace(/[^a-z0-9]+$/, '');
}

/** The suffix of a pod that runs beside its original, and of one that was brought back. */
const SUFFIXES: Partial<Record<MigrationOrder['mode'], string>> = {
  copy: '-copy',
  restore: '-restored',
};

/** Where an order's pod will run; undefined where nothing is restored. Who takes over keeps the name, others get one of their own. */
export function placeOf(
  order: MigrationOrder,
): { cluster: string; namespace: string; pod: string } | undefined {
  const { mode, targetCluster, targetNamespace, namespace, pod } = order;
  if (mode === 'checkpoint' || !targetCluster) return undefined;
  const suffix = SUFFIXES[mode] ?? '';
  const name = pod.endsWith(suffix)
    ? pod
    : `${pod.slice(0, 253 - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
  return {
    cluster: targetCluster,
    namespace: targetNamespace ?? namespace,
    pod: name,
  };
}
