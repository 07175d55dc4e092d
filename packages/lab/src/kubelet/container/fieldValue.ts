import type { KubeObject } from '../../api/ClusterStore';

/** What the downward API says of a pod where its status does not have it yet. */
export interface PodPlace {
  hostIP: string;
  podIP?: string;
}

/** The value of a `fieldRef`: of the downward API's fields. Undefined for a field that it does not know. */
export function fieldValue(
  pod: KubeObject,
  fieldPath: string,
  { hostIP, podIP = '' }: PodPlace,
): string | undefined {
  const subscript = fieldPath.match(
    /^metadata\.(labels|annotations)\['(.+)'\]$/,
  );
  if (subscript) {
    const [, field, key] = subscript as [
      string,
      'labels' | 'annotations',
      string,
    ];
    return pod.metadata[field]?.[key] ?? '';
  }
  switch (fieldPath) {
    case 'metadata.name':
    case 'metadata.namespace':
    case 'metadata.uid':
      return pod.metadata[fieldPath.slice('metadata.'.length) as 'name'];
    case 'metadata.labels':
      return formatMap(pod.metadata.labels);
    case 'metadata.annotations':
      return formatMap(pod.metadata.annotations);
    case 'spec.nodeName':
      return pod.spec.nodeName;
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? 'default';
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIP;
    case 'status.podIP':
    case 'status.podIPs':
      return podIP;
    default:
      return undefined;
  }
}

/** One `key="value"` a line, as in a downward API volume. */
function formatMap(map: Record<string, string> = {}): string {
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}
