import type { KubeObject } from '../../api/ClusterStore';
import { fieldValue } from '../container/fieldValue';
import type { NodeContext } from '../NodeContext';

/** Path in the volume -> content. */
export type VolumeFiles = Map<string, Buffer | string>;

/** Every ServiceAccount mount asks for it (pkg/controller/certificates/rootcacertpublisher). */
const ROOT_CA_CONFIG_MAP = 'kube-root-ca.crt';

interface KeySelection {
  optional?: boolean;
  items?: { key: string; path: string }[];
}

/** The files of a `configMap` volume or source. */
export function configMapFiles(
  node: NodeContext,
  pod: KubeObject,
  selection: KeySelection & { name: string },
): VolumeFiles {
  const { name } = selection;
  const object = node.store.get('ConfigMap', pod.metadata.namespace, name);
  if (!object && name === ROOT_CA_CONFIG_MAP) {
    return new Map([['ca.crt', node.cluster.ca.certificatePem]]);
  }
  const data = new Map<string, Buffer | string>([
    ...Object.entries<string>(object?.data ?? {}),
    ...decodeAll(object?.binaryData),
  ]);
  return selectFiles(
    object && data,
    selection,
    `configmap "${name}" not found`,
  );
}

/** The files of a `secret` volume (`secretName`) or source (`name`). */
export function secretFiles(
  node: NodeContext,
  pod: KubeObject,
  selection: KeySelection & { name?: string; secretName?: string },
): VolumeFiles {
  const name = selection.secretName ?? selection.name ?? '';
  const object = node.store.get('Secret', pod.metadata.namespace, name);
  return selectFiles(
    object && new Map<string, Buffer | string>(decodeAll(object.data)),
    selection,
    `secret "${name}" not found`,
  );
}

/** The files of a `downwardAPI` volume or source. */
export function downwardFiles(
  node: NodeContext,
  pod: KubeObject,
  {
    items = [],
  }: { items?: { path: string; fieldRef?: { fieldPath: string } }[] },
): VolumeFiles {
  return new Map(
    items.map(({ path, fieldRef }) => [
      path,
      (fieldRef &&
        fieldValue(pod, fieldRef.fieldPath, { hostIP: node.nodeAddress })) ??
        '',
    ]),
  );
}

/** The files of a `projected` volume: tokens, and what its other sources hold. */
export function projectedFiles(
  node: NodeContext,
  pod: KubeObject,
  { sources = [] }: { sources?: any[] },
): VolumeFiles {
  const files: VolumeFiles = new Map();
  for (const source of sources) {
    const parts: VolumeFiles[] = [
      source.configMap && configMapFiles(node, pod, source.configMap),
      source.secret && secretFiles(node, pod, source.secret),
      source.downwardAPI && downwardFiles(node, pod, source.downwardAPI),
      source.serviceAccountToken &&
        new Map([[source.serviceAccountToken.path, issueToken(node, pod)]]),
    ].filter(Boolean);
    parts.forEach(part =>
      part.forEach((content, path) => files.set(path, content)),
    );
  }
  return files;
}

function issueToken({ cluster }: NodeContext, pod: KubeObject): string {
  return cluster.access.issueServiceAccountToken(
    pod.metadata.namespace ?? '',
    pod.spec.serviceAccountName ?? 'default',
    { pod },
  );
}

function selectFiles(
  data: VolumeFiles | undefined,
  { items, optional }: KeySelection,
  notFound: string,
): VolumeFiles {
  if (!data) {
    if (optional) {
      return new Map();
    }
    throw new Error(notFound);
  }
  if (!items) {
    return data;
  }
  const selected: VolumeFiles = new Map();
  for (const { key, path } of items) {
    const content = data.get(key);
    if (content !== undefined) {
      selected.set(path, content);
    } else if (!optional) {
      throw new Error(`references non-existent config key: ${key}`);
    }
  }
  return selected;
}

function decodeAll(data: Record<string, string> = {}): [string, Buffer][] {
  return Object.entries(data).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64'),
  ]);
}
