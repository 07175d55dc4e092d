import {
  makeCheckpointConfig,
  makeCheckpointManifest,
} from './describeCheckpoint';
import { Descriptor, encodeManifest } from './manifest';
import { LayerUpload, uploadLayer } from './uploadLayer';

/** Its `archive` is the checkpoint archive, an uncompressed tar. */
export interface CheckpointImage extends Omit<LayerUpload, 'mediaType'> {
  tag: string;
  /** Name of the container that was checkpointed. */
  container: string;
  /** As Go spells it: `amd64`, `arm64`. */
  architecture: string;
  /** What to tell of the image: set as labels in its config and as annotations on its manifest. */
  labels?: Record<string, string>;
  created?: Date;
  /** Waited for before the tag makes the image known; if it fails there is none. */
  beforeTag?: () => Promise<void>;
}

export interface PushedImage {
  /** The manifest's digest, `sha256:...`: by this name the image is to be restored. */
  digest: string;
  /** The manifest, for what is to refer to it. */
  manifest: Descriptor;
  archiveBytes: number;
  layerBytes: number;
}

/**
 * Makes an OCI image of a checkpoint archive and pushes it, in one pass over the archive and in constant memory: what is read is
 * hashed, compressed and encrypted if asked for, hashed again and sent, all at the same time. The archive is the image's one layer, as it is.
 *
 * The tag is written last: an image that can be found is complete.
 */
export async function pushCheckpointImage(
  image: CheckpointImage,
): Promise<PushedImage> {
  const { registry, repository, signal } = image;
  const { layer, diffId, archiveBytes } = await uploadLayer(image);
  const description = {
    ...image,
    created: (image.created ?? new Date()).toISOString(),
  };
  const config = await registry.uploadBlob(
    repository,
    Buffer.from(JSON.stringify(makeCheckpointConfig(description, diffId))),
    { signal },
  );
  await image.beforeTag?.();
  const manifest = makeCheckpointManifest(description, config, layer);
  const digest = await registry.putManifest(repository, image.tag, manifest, {
    signal,
  });
  return {
    digest,
    manifest: encodeManifest(manifest).descriptor,
    archiveBytes,
    layerBytes: layer.size,
  };
}
