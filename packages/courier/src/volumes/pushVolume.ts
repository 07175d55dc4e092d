import { join } from 'node:path';
import { pushArtifact, RegistryClient } from '@cubemig/oci';
import {
  CheckpointTask,
  courierMediaTypes,
  emptyDirsPath,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { NodeFiles } from '../NodeFiles';
import { Folder } from './Folder';
import { packFolder } from './packFolder';

export type CarriedVolume = { name: string; digest: string; bytes: number };

/** Packs a volume of the pod where the node keeps it, and puts it into the registry, packed and encrypted as the images are. */
export async function pushVolume(
  task: CheckpointTask,
  { name, maxBytes }: NonNullable<CheckpointTask['volumes']>[number],
  options: {
    files: NodeFiles;
    registry: RegistryClient;
    annotations: Record<string, string>;
    signal: AbortSignal;
  },
): Promise<CarriedVolume> {
  const { files, registry, annotations, signal } = options;
  const folder = await openVolume(files, task.pod.uid, name);
  try {
    const { digest, layerBytes } = await pushArtifact({
      registry,
      repository: task.registry.repository,
      tag: volumeTag(task.migration, name),
      artifactType: courierMediaTypes.volume,
      archive: packFolder(folder, maxBytes),
      compression: task.compression,
      recipients: task.recipients,
      annotations,
      signal,
    });
    return { name, digest, bytes: layerBytes };
  } finally {
    await folder.close();
  }
}

async function openVolume(
  files: NodeFiles,
  podUid: string,
  name: string,
): Promise<Folder> {
  const path = files.locate(join(emptyDirsPath(podUid), name));
  return Folder.open(path).catch(error => {
    throw error.code === 'ENOENT'
      ? new Error(`there is no ${path}: is it mounted, and is it an emptyDir?`)
      : error;
  });
}
