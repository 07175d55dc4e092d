import type { ImageStore } from '../../images/ImageStore';
import type { StoredImage } from '../../images/StoredImage';
import { missingMounts } from '../../runtime/archive/containerMounts';
import { readArchiveHead } from '../../runtime/archive/readArchive';
import { ContainerSpec, RuntimeError } from '../../runtime/ContainerRuntime';

/**
 * What CRI-O checks before it restores a container from an image (internal/lib/container_restore.go and server/container_restore.go):
 * the base image has to be on the node already, by its ID, and the new pod must have every bind mount of the dump. Returns the
 * container as it is to be restored, of its base image.
 */
export async function checkRestore(
  spec: ContainerSpec,
  checkpoint: StoredImage,
  archive: string,
  images: ImageStore,
): Promise<ContainerSpec> {
  const { configDump, specDump } = await readArchiveHead(archive).catch(
    error => {
      throw new RuntimeError((error as Error).message);
    },
  );
  const baseId = String(configDump.rootfsImageRef ?? '');
  if (!/^[0-9a-f]{64}$/.test(baseId)) {
    throw new RuntimeError(`invalid RootfsImageRef "${baseId}"`);
  }
  const base = images.findById(baseId);
  if (!base) {
    throw new RuntimeError(
      `reading image "${baseId}": locating image with ID "${baseId}": image not known`,
    );
  }
  const missing = missingMounts(specDump.mounts ?? [], spec);
  if (missing.length > 0) {
    throw new RuntimeError(
      `restoring "${
        checkpoint.id
      }" expects following bind mounts defined (${missing.join(',')})`,
    );
  }
  return { ...spec, image: { ...base, reference: nameOf(base) } };
}

/** How a status names the image: by its tag if it has one. */
function nameOf({ names, repoDigest }: StoredImage): string {
  return names.find(name => !name.includes('@')) ?? repoDigest;
}
