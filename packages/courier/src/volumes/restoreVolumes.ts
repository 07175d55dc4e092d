import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readLayer, RegistryClient } from '@cubemig/oci';
import {
  courierMediaTypes,
  courierPaths,
  RestoreVolumesTask,
} from '@cubemig/plugin-cubemig-common';
import { openRegistry } from '../openRegistry';
import { Outcome } from '../runTask';
import { Surroundings } from '../Surroundings';
import { explain } from '../explain';
import { Folder } from './Folder';
import { CarriedVolume } from './pushVolume';
import { unpackFolder } from './unpackFolder';

/** The task `restore-volumes`: fills the volumes of a restored pod before its containers are restored. */
export async function restoreVolumes(
  request: RestoreVolumesTask,
  surroundings: Surroundings,
): Promise<Outcome> {
  const registry = await openRegistry(request.registry, surroundings);
  try {
    const volumes: CarriedVolume[] = [];
    for (const volume of request.volumes) {
      volumes.push(
        await restore(volume, request, registry, surroundings).catch(error => {
          throw new Error(
            `Volume ${volume.name} cannot be filled: ${explain(error)}`,
          );
        }),
      );
    }
    return { volumes };
  } finally {
    await registry.close();
  }
}

async function restore(
  { name, digest, maxBytes }: RestoreVolumesTask['volumes'][number],
  request: RestoreVolumesTask,
  registry: RegistryClient,
  { files, stop: signal }: Surroundings,
): Promise<CarriedVolume> {
  const { repository } = request.registry;
  const manifest = await registry.getManifest(repository, digest, { signal });
  const [layer] = manifest.layers;
  if (
    manifest.artifactType !== courierMediaTypes.volume ||
    manifest.layers.length !== 1
  ) {
    throw new Error(`${digest} is not the data of a volume`);
  }
  // The mount itself is the pod's own, so it may be a link, as the lab makes its mounts.
  const root = await Folder.open(
    await realpath(files.locate(join(courierPaths.volumes, name))),
  );
  try {
    const privateKeys = await files.readDecryptionKeys();
    const content = await readLayer({
      registry,
      repository,
      layer,
      privateKeys,
      signal,
    });
    const bytes = await unpackFolder(content, root, maxBytes);
    return { name, digest, bytes };
  } finally {
    await root.close();
  }
}
