import { promises as fs } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { KubeObject } from '../../api/ClusterStore';
import type { NodeContext } from '../NodeContext';
import type { NodePath } from '../NodePaths';
import {
  configMapFiles,
  downwardFiles,
  projectedFiles,
  secretFiles,
  VolumeFiles,
} from './volumeFiles';

/** A volume cannot be set up now; the message is what the kubelet says in its Event. */
export class VolumeError extends Error {}

/** Sets up a pod's volumes and says where each lies. Image volumes are not among them: they are pulled later. */
export async function prepareVolumes(
  node: NodeContext,
  pod: KubeObject,
): Promise<Map<string, NodePath>> {
  const prepared = new Map<string, NodePath>();
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.image) {
      continue;
    }
    try {
      prepared.set(volume.name, await prepareVolume(node, pod, volume));
    } catch (error) {
      throw new VolumeError(
        `MountVolume.SetUp failed for volume "${volume.name}" : ${
          (error as Error).message
        }`,
      );
    }
  }
  return prepared;
}

async function prepareVolume(
  node: NodeContext,
  pod: KubeObject,
  volume: any,
): Promise<NodePath> {
  if (volume.hostPath) {
    return prepareHostPath(node, volume.hostPath);
  }
  const folder = (plugin: string) =>
    node.paths.at(
      posix.join(
        node.paths.pod(pod.metadata.uid).nodePath,
        'volumes',
        `kubernetes.io~${plugin}`,
        volume.name,
      ),
    );
  if (volume.persistentVolumeClaim) {
    return preparePersistent(node, pod, volume.persistentVolumeClaim.claimName);
  }
  if (volume.emptyDir) {
    const path = folder('empty-dir');
    await fs.mkdir(path.hostPath, { recursive: true });
    return path;
  }
  const sources: [plugin: string, files: VolumeFiles | undefined][] = [
    [
      'configmap',
      volume.configMap && configMapFiles(node, pod, volume.configMap),
    ],
    ['secret', volume.secret && secretFiles(node, pod, volume.secret)],
    [
      'downward-api',
      volume.downwardAPI && downwardFiles(node, pod, volume.downwardAPI),
    ],
    [
      'projected',
      volume.projected && projectedFiles(node, pod, volume.projected),
    ],
  ];
  const found = sources.find(([, files]) => files);
  if (!found) {
    throw new Error('volumes of this kind are not supported by the lab');
  }
  const [plugin, files] = found as [string, VolumeFiles];
  const path = folder(plugin);
  await fs.mkdir(path.hostPath, { recursive: true });
  for (const [name, content] of files) {
    const file = join(path.hostPath, posix.resolve('/', name));
    await fs.mkdir(dirname(file), { recursive: true });
    await fs.writeFile(file, content);
  }
  return path;
}

/** The folder of a claim's volume, which all nodes of the cluster share. */
async function preparePersistent(
  { store, volumesDir, paths }: NodeContext,
  { metadata }: KubeObject,
  claimName: string,
): Promise<NodePath> {
  const claim = store.get(
    'PersistentVolumeClaim',
    metadata.namespace,
    claimName,
  );
  if (!claim) {
    throw new Error(`persistentvolumeclaim "${claimName}" not found`);
  }
  const volume: string | undefined = claim.spec.volumeName;
  if (!volume) {
    throw new Error(`persistentvolumeclaim "${claimName}" is not bound`);
  }
  const hostPath = join(volumesDir, volume);
  await fs.mkdir(hostPath, { recursive: true });
  const { nodePath } = paths.pod(metadata.uid);
  return {
    hostPath,
    nodePath: `${nodePath}/volumes/kubernetes.io~csi/${volume}/mount`,
  };
}

/** A `hostPath` volume; by its type it must exist or is made. */
async function prepareHostPath(
  { paths }: NodeContext,
  { path, type = '' }: { path: string; type?: string },
): Promise<NodePath> {
  // `..` must not lead out of the folder that stands for the node's root.
  const place = paths.at(posix.resolve('/', path));
  const found = await fs.stat(place.hostPath).catch(() => undefined);
  if (!found && type === 'FileOrCreate') {
    await fs.mkdir(dirname(place.hostPath), { recursive: true });
    await fs.writeFile(place.hostPath, '');
  } else if (!found && (type === 'DirectoryOrCreate' || type === '')) {
    await fs.mkdir(place.hostPath, { recursive: true, mode: 0o755 });
  } else if (!found) {
    throw new Error(
      `hostPath type check failed: ${path} is not a ${type.toLowerCase()}`,
    );
  }
  return place;
}
