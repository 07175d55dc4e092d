import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  Compression,
  digestOf,
  LayerMaker,
  makeCheckpointConfig,
  makeCheckpointManifest,
  mediaTypes,
} from '@cubemig/oci';

export interface ImageLayout {
  /** The folder to write into; made if missing. */
  directory: string;
  /** The checkpoint, an unpacked tar. */
  tar: Readable | string;
  container: string;
  compression: Compression;
  /** Public keys (RSA, PEM) of those who are to read it. */
  recipients: string[];
  /** As Go spells it: `amd64`, `arm64`. */
  architecture: string;
  labels: Record<string, string>;
  /** The name that tools know the image by. */
  tag: string;
  created: Date;
  onProgress: (bytes: number) => void;
}

/**
 * Writes a checkpoint image as an OCI image layout, in one pass over the archive. The archive is the image's one layer;
 * both CRI-O's and containerd's annotation are set.
 *
 * @returns the manifest's digest
 */
export async function writeImageLayout(image: ImageLayout): Promise<string> {
  const blobs = join(image.directory, 'blobs/sha256');
  await mkdir(blobs, { recursive: true });
  const { layer, diffId } = await writeLayer(blobs, image);
  const description = { ...image, created: image.created.toISOString() };

  const writeBlob = async (content: object) => {
    const bytes = Buffer.from(JSON.stringify(content));
    const digest = digestOf(bytes);
    await writeFile(join(blobs, hexOf(digest)), bytes);
    return { digest, size: bytes.length };
  };
  const config = await writeBlob(makeCheckpointConfig(description, diffId));
  const manifest = await writeBlob(
    makeCheckpointManifest(description, config, layer),
  );
  await writeFile(
    join(image.directory, 'index.json'),
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.index,
      manifests: [
        {
          mediaType: mediaTypes.manifest,
          ...manifest,
          annotations: { 'org.opencontainers.image.ref.name': image.tag },
        },
      ],
    }),
  );
  // Written last: a layout without it is not one.
  await writeFile(
    join(image.directory, 'oci-layout'),
    JSON.stringify({ imageLayoutVersion: '1.0.0' }),
  );
  return manifest.digest;
}

async function writeLayer(blobs: string, image: ImageLayout) {
  const maker = new LayerMaker({
    archive: image.tar,
    compression: image.compression,
    recipients: image.recipients,
    onBytes: image.onProgress,
  });
  const partial = join(blobs, '.partial');
  await pipeline(maker.content(), createWriteStream(partial, { mode: 0o600 }));
  const made = await maker.describe();
  await rename(partial, join(blobs, hexOf(made.layer.digest)));
  return made;
}

function hexOf(digest: string): string {
  return digest.slice('sha256:'.length);
}
