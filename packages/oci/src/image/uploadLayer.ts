import { Readable } from 'node:stream';
import { Compression, LayerMaker, MadeLayer } from '../layer';
import { RegistryClient } from '../registry/RegistryClient';
import { RegistryError } from '../registry/RegistryError';

export interface LayerUpload {
  registry: RegistryClient;
  repository: string;
  /** What becomes the layer: a file's path, or a stream. Only a file can be sent again if an upload is lost. */
  archive: string | Readable;
  compression: Compression;
  /** What the layer is, where it is no tar. */
  mediaType?: string;
  /** Public keys (RSA, PEM) of those who are to read it, each with the private key alone. None: it is not encrypted. */
  recipients?: string[];
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

const UPLOAD_ATTEMPTS = 3;

/** Makes a layer and uploads it, in one pass and in constant memory. */
export async function uploadLayer(layer: LayerUpload): Promise<MadeLayer> {
  const attempts = typeof layer.archive === 'string' ? UPLOAD_ATTEMPTS : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await uploadLayerOnce(layer);
    } catch (error) {
      const mayPass = error instanceof RegistryError && error.mayPass;
      if (!mayPass || attempt >= attempts || layer.signal?.aborted) {
        throw error;
      }
    }
  }
}

async function uploadLayerOnce(layer: LayerUpload): Promise<MadeLayer> {
  const { registry, repository, signal } = layer;
  const progress = { archiveBytes: 0, layerBytes: 0, layerIsMade: false };
  const tell = (part: Partial<PushProgress>) =>
    layer.onProgress?.(Object.assign(progress, part));
  const maker = new LayerMaker({
    archive: layer.archive,
    compression: layer.compression,
    mediaType: layer.mediaType,
    recipients: layer.recipients,
    onBytes: (archiveBytes, layerBytes) => tell({ archiveBytes, layerBytes }),
  });
  const content = async function* content() {
    yield* maker.content();
    tell({ layerIsMade: true });
  };
  const upload = await registry.startUpload(repository, { signal });
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
