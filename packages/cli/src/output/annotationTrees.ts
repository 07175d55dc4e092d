import { node, Tree } from './tree';

/** Annotations whose value is JSON, which is shown as a tree of its own. */
const JSON_ANNOTATIONS = [
  'io.kubernetes.cri-o.Labels',
  'io.kubernetes.cri-o.Annotations',
  'io.kubernetes.cri-o.Metadata',
  'kubectl.kubernetes.io/last-applied-configuration',
];
const VOLUMES = 'io.kubernetes.cri-o.Volumes';

export function annotationTrees(annotations: Record<string, string>): Tree[] {
  return Object.entries(annotations).map(([key, value]) => {
    const plain = node(`${key}: ${value}`);
    try {
      if (JSON_ANNOTATIONS.includes(key)) {
        return node(key, ...valueTrees(JSON.parse(value)));
      }
      return key === VOLUMES ? node(key, ...volumeTrees(value)) : plain;
    } catch {
      return plain;
    }
  });
}

interface Volume {
  container_path?: string;
  host_path?: string;
  readonly?: boolean;
  selinux_relabel?: boolean;
  recursive_read_only?: boolean;
  propagation?: number;
}

function volumeTrees(text: string): Tree[] {
  return (JSON.parse(text) as Volume[]).map(volume =>
    node(
      `${volume.container_path}`,
      node(`host path: ${volume.host_path}`),
      node(`read-only: ${volume.readonly ?? false}`),
      node(`selinux relabel: ${volume.selinux_relabel ?? false}`),
      node(`recursive read-only: ${volume.recursive_read_only ?? false}`),
      node(`propagation: ${volume.propagation ?? 0}`),
    ),
  );
}

/** JSON as a tree; depth is bounded, since it is hostile input. */
function valueTrees(value: unknown, depth = 0): Tree[] {
  if (typeof value !== 'object' || value === null || depth > 50) {
    return [];
  }
  const isList = Array.isArray(value);
  return Object.entries(value).map(([key, item]) => {
    const name = isList ? `[${key}]` : key;
    if (Array.isArray(item)) {
      return node(`${name}: `, ...valueTrees(item, depth + 1));
    }
    return typeof item === 'object' && item !== null
      ? node(`${name}:`, ...valueTrees(item, depth + 1))
      : node(`${name}: ${item}`);
  });
}
