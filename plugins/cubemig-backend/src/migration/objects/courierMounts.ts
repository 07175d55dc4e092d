import {
  CheckpointTask,
  courierPaths,
  emptyDirsPath,
} from '@cubemig/plugin-cubemig-common';
import { KubeVolume } from '../../clusters';
import { CubemigConfig } from '../../config';

export interface CourierMount {
  volume: KubeVolume;
  mountPath: string;
  readOnly?: boolean;
}

/** The kubelet's checkpoints, on the node. */
export const checkpointsMount: CourierMount = {
  volume: {
    name: 'checkpoints',
    hostPath: { path: courierPaths.checkpoints, type: 'DirectoryOrCreate' },
  },
  mountPath: courierPaths.checkpoints,
};

/** What a courier that takes checkpoints finds in its file system, as its README asks for it. */
export function courierMounts(
  {
    courier,
    registry: { clientCertificateSecret },
  }: Pick<CubemigConfig, 'courier' | 'registry'>,
  request: CheckpointTask,
): CourierMount[] {
  const emptyDirs = emptyDirsPath(request.pod.uid);
  const { clientCertificate } = request.registry;
  const mounts: (CourierMount | false | undefined)[] = [
    checkpointsMount,
    mountSecret('registry', courierPaths.registry, courier.registrySecret, [
      '.dockerconfigjson',
    ]),
    clientCertificate &&
      mountSecret(
        'registry-tls',
        courierPaths.registryTls,
        clientCertificateSecret!,
        [clientCertificate.certificate, clientCertificate.key],
      ),
    courier.signingSecret !== undefined &&
      mountSecret('signing', courierPaths.signing, courier.signingSecret, [
        'key.pem',
      ]),
    request.volumes !== undefined && {
      volume: {
        name: 'empty-dirs',
        hostPath: { path: emptyDirs, type: 'Directory' },
      },
      mountPath: emptyDirs,
      readOnly: true,
    },
    request.keep && {
      volume: {
        name: 'kept',
        persistentVolumeClaim: { claimName: courier.keepVolumeClaim! },
      },
      mountPath: courierPaths.kept,
    },
  ];
  return mounts.filter(mount => mount !== false && mount !== undefined);
}

function mountSecret(
  name: string,
  mountPath: string,
  secretName: string,
  keys: string[],
): CourierMount {
  const items = keys.map(key => ({ key, path: key }));
  return {
    volume: { name, secret: { secretName, items } },
    mountPath,
    readOnly: true,
  };
}
