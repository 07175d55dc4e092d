import { MigrationOrder } from '@cubemig/plugin-cubemig-common';
import { createHmac, randomBytes } from 'node:crypto';
import { ClusterClient, Clusters, Kinds } from '../../clusters';
import {
  clusterReferencesOf,
  placeOf,
  Reference,
  referencesOf,
} from '../objects';
import { Content, ReferenceReading, SourceInventory } from './Inventory';
import { readIfAllowed } from './Reading';

/** Kinds that live outside namespaces. */
const CLUSTER_WIDE = ['PriorityClass', 'RuntimeClass', 'StorageClass'];

/** Looks for all that the pod needs in the target, and in the source where it can be compared. */
export async function readReferences(
  order: MigrationOrder,
  { cluster, pod }: SourceInventory,
  clusters: Clusters,
  platformSecrets: readonly string[],
): Promise<ReferenceReading[]> {
  const place = placeOf(order)!;
  const target = await clusters.getClient(place.cluster);
  // What is in quarantine gets twins of its own.
  const own = order.quarantine ? [] : referencesOf(pod!, platformSecrets);
  const isComparable = (reference: Reference) =>
    order.mode !== 'restore' &&
    (reference.kind === 'ConfigMap' ||
      (reference.kind === 'Secret' && order.copySecrets));
  // Known to nobody else and forgotten at once: hashes under it say nothing but whether two values are the same.
  const key = randomBytes(32);
  return Promise.all(
    [...own, ...clusterReferencesOf(pod!, order)].map(async reference => {
      const { kind, name } = reference;
      const namespaceIn = (namespace: string) =>
        CLUSTER_WIDE.includes(kind) ? undefined : namespace;
      const read = (client: ClusterClient, namespace: string) =>
        readIfAllowed(client.cluster, () =>
          readContent(
            client,
            { ...reference, namespace: namespaceIn(namespace) },
            isComparable(reference) ? key : undefined,
          ),
        );
      return {
        kind,
        name,
        source: isComparable(reference)
          ? await read(await clusters.getClient(cluster), order.namespace)
          : undefined,
        target: await read(target, place.namespace),
      };
    }),
  );
}

async function readContent(
  client: ClusterClient,
  { kind, ...key }: Reference & { namespace?: string },
  hashKey: Buffer | undefined,
): Promise<Content | undefined> {
  if (!hashKey) return (await client.exists(kind, key)) ? {} : undefined;
  if (kind === 'ConfigMap') {
    const found = await client.get('ConfigMap', key);
    return (
      found && {
        data: { ...found.data, ...found.binaryData },
        isImmutable: found.immutable,
      }
    );
  }
  const found = await client.get('Secret', key);
  return found && { data: hashValues(found, hashKey) };
}

function hashValues({ data }: Kinds['Secret'], key: Buffer) {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([name, value]) => [
      name,
      createHmac('sha256', key).update(value).digest('hex'),
    ]),
  );
}
