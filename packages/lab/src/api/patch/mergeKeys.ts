/**
 * How strategic merge patches join lists, by the list's field name (the `patchMergeKey` tags of Kubernetes' API types).
 * Of several keys the first that the elements carry counts: `ports` are a container's or a Service's. Lists that are not here are replaced.
 */
export const MERGE_KEYS: Record<string, string[]> = {
  addresses: ['type'],
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  hostIPs: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  podIPs: ['ip'],
  ports: ['containerPort', 'port'],
  resourceClaims: ['name'],
  schedulingGates: ['name'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/** Lists of plain values that are joined instead of replaced. */
export const MERGED_PRIMITIVES = new Set(['finalizers']);
