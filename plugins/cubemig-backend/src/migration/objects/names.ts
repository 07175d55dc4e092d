/** Twelve characters of a migration's id: enough to tell its objects apart from those of any other that still exists. */
function shorten(migration: string) {
  return migration.replace(/-/g, '').slice(0, 12);
}

/** The courier's Job, in the courier's namespace of the source cluster. */
export function courierJobName(migration: string) {
  return `cubemig-${shorten(migration)}`;
}

/** The pod that pulls base images, in the target's namespace. */
export function prePullPodName(migration: string) {
  return `cubemig-pre-pull-${shorten(migration)}`;
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
