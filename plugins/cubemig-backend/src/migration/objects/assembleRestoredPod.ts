import { MigrationOrder } from '@cubemig/plugin-cubemig-common';
import { Kinds, KubePod } from '../../clusters';
import { CubemigConfig } from '../../config';
import { addVolumeCourier, withoutCourier } from './addVolumeCourier';
import { buildRestoredPod } from './buildRestoredPod';
import { describeRegistry } from './describeRegistry';
import { placeOf } from './names';
import { Companion, quarantinePod } from './quarantinePod';

export interface RestoredPodParts {
  migration: string;
  order: MigrationOrder;
  config: CubemigConfig;
  source: KubePod;
  node?: string;
  /** Each travelling container's checkpoint image. */
  images: Record<string, string>;
  /** Where the volumes' files lie, and their digests; empty where none travel. */
  repository: string;
  volumes: { name: string; digest: string }[];
  withheldLabels?: string[];
  /** The target's namespace, where it could be read: whether it enforces the pod security level `restricted`. */
  space: Kinds['Namespace'] | undefined;
}

/** The restored pod, as a plan shows it and as it is made, with what must be there before it. */
export function assembleRestoredPod(parts: RestoredPodParts): {
  pod: KubePod;
  companions: Companion[];
} {
  const { order, config, migration, volumes } = parts;
  const { registry, courier } = config;
  const bare = buildRestoredPod(withoutCouriers(parts.source), {
    migration,
    sourceCluster: order.sourceCluster,
    place: placeOf(order)!,
    node: parts.node,
    images: parts.images,
    pullSecrets: registry.pullSecrets,
    takesOver: order.mode === 'move',
    withheldLabels: parts.withheldLabels,
  });
  const { pod, companions } = order.quarantine
    ? quarantinePod(bare, migration)
    : { pod: bare, companions: [] };
  if (volumes.length === 0) return { pod, companions };
  return {
    pod: addVolumeCourier(pod, {
      request: {
        version: 1,
        task: 'restore-volumes',
        migration,
        registry: describeRegistry(config, parts.repository),
        volumes: volumes.map(volume => ({
          ...volume,
          maxBytes: config.migration.maxVolumeBytes,
        })),
      },
      image: courier.image,
      registrySecret: registry.pullSecrets[0],
      clientCertificateSecret: registry.clientCertificateSecret,
      keySecret: config.migration.volumeKeySecret,
      isRestricted: isRestricted(parts.space),
    }),
    companions,
  };
}

/** Whether a namespace enforces the pod security level `restricted`. */
export function isRestricted(space: Kinds['Namespace'] | undefined): boolean {
  const labels = space?.metadata?.labels ?? {};
  return labels['pod-security.kubernetes.io/enforce'] === 'restricted';
}

function withoutCouriers(pod: KubePod): KubePod {
  const { initContainers, volumes } = pod.spec!;
  return {
    ...pod,
    spec: {
      ...pod.spec!,
      initContainers: initContainers && withoutCourier(initContainers),
      volumes: volumes && withoutCourier(volumes),
    },
  };
}
