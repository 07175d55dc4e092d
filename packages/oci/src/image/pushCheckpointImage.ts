import { Readable } from 'node:stream';
import { Compression, LayerMaker, MadeLayer } from '../layer';
import { RegistryClient } from '../registry/RegistryClient';
import { RegistryError } from '../registry/RegistryError';
import {
  makeCheckpointConfig,
  makeCheckpointManifest,
} from './describeCheckpoint';

export interface CheckpointImage {
  registry: RegistryClient;
  repository: string;
  tag: string;
  /** The checkpoint archive (an uncompressed tar): a file's path, or a stream. Only a file can be sent again if an upload is lost. */
  archive: string | Readable;
  /** Name of the container that was checkpointed. */
  container: string;
  compression: Compression;
  /** Public keys (RSA, PEM) of those who are to read it, each with the private key alone. None: it is not encrypted. */
  recipients?: string[];
  /** As Go spells it: `amd64`, `arm64`. */
  architecture: string;
  /** What to tell of the image: set as labels in its config and as annotations on its manifest. */
  labels?: Record<string, string>;
  created?: Date;
  signal?: AbortSignal;
  /** Called often, at least once a MiB. */
  onProgress?: (progress: PushProgress) => void;
}

export interface PushProgress {
  /** Read from the archive and hashed. Falls back to 0 if an upload that was lost has to start again. */
  archiveBytes: number;
  /** Compressed if asked for, and handed to the connection. */
  layerBytes: number;
  /** True once the layer's last byte has been made; the registry may still have to take it. */
  layerIsMade: boolean;
}

export interface PushedImage {
  /** The manifest's digest, `sha256:...`: by this name the image is to be restored. */
  digest: string;
  archiveBytes: number;
  layerBytes: number;
}

const UPLOAD_ATTEMPTS = 3;

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
  const digest = await registry.putManifest(
    repository,
    image.tag,
    makeCheckpointManifest(description, config, layer),
    { signal },
  );
  return { digest, archiveBytes, layerBytes: layer.size };
}

async function uploadLayer(image: CheckpointImage): Promise<MadeLayer> {
  const attempts = typeof image.archive === 'string' ? UPLOAD_ATTEMPTS : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await uploadLayerOnce(image);
    } catch (error) {
      const mayPass = error instanceof RegistryError && error.mayPass;
      if (!mayPass || attempt >= attempts || image.signal?.aborted) {
        throw error;
      }
    }
  }
}

async function uploadLayerOnce(image: CheckpointImage): Promise<MadeLayer> {
  const { registry, repository, archive, compression, recipients } = image;
  const progress = { archiveBytes: 0, layerBytes: 0, layerIsMade: false };
  const tell = (part: Partial<PushProgress>) =>
    image.onProgress?.(Object.assign(progress, part));
  const maker = new LayerMaker({
    archive,
    compression,
    recipients,
    onBytes: (archiveBytes, layerBytes) => tell({ archiveBytes, layerBytes }),
  });
  const content = async function* content() {
    yield* maker.content();
    tell({ layerIsMade: true });
  };
  const upload = await registry.startUpload(repository, {
    signal: image.signal,
  });
  try {
    await upload.write(content(), part => maker.release(part));
    const made = await maker.describe();
    await upload.commit(made.layer.digest);
    return made;
  } catch (error) {
    await upload.cancel();
    throw error;
  }
}
