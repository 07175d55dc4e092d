import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { OCI_MANIFEST, RegistryClient } from './RegistryClient';

/** A file's bytes, or where a symbolic link leads. A path that ends in `/` is an empty folder. */
export type FileContent = Buffer | string | { linkTo: string };

/** An image of one layer. */
export interface ImageContent {
  /** Path in the image, without a leading `/`, and what the file holds. */
  files: Record<string, FileContent>;
  entrypoint: string[];
  /** `NAME=value`. */
  environment?: string[];
  labels?: Record<string, string>;
}

/** Images are the same, byte for byte, wherever and whenever they are built. */
const EPOCH = new Date(0);

/** Builds an image and pushes it as `repository:tag`. */
export async function pushImage(
  client: RegistryClient,
  repository: string,
  tag: string,
  { files, entrypoint, environment = [], labels = {} }: ImageContent,
): Promise<void> {
  const layer = await packLayer(files);
  const config = Buffer.from(
    JSON.stringify({
      created: EPOCH.toISOString(),
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: {
        Env: ['PATH=/usr/local/bin:/usr/bin:/bin', ...environment],
        Entrypoint: entrypoint,
        WorkingDir: '/',
        Labels: labels,
      },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
      history: [{ created: EPOCH.toISOString(), created_by: 'CubeMig lab' }],
    }),
  );
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: describe('application/vnd.oci.image.config.v1+json', config),
      layers: [describe('application/vnd.oci.image.layer.v1.tar', layer)],
    }),
  );
  for (const blob of [layer, config]) {
    if (!(await client.hasBlob(repository, digestOf(blob)))) {
      await client.uploadBlob(repository, digestOf(blob), blob);
    }
  }
  await client.putManifest(repository, tag, OCI_MANIFEST, manifest);
}

function describe(mediaType: string, content: Buffer) {
  return { mediaType, digest: digestOf(content), size: content.length };
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function packLayer(files: ImageContent['files']): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) {
    const header = { name, mode: 0o755, mtime: EPOCH };
    if (name.endsWith('/')) {
      archive.entry({ ...header, type: 'directory' });
    } else if (typeof content === 'string' || Buffer.isBuffer(content)) {
      archive.entry(header, content);
    } else {
      const { linkTo } = content;
      archive.entry({ ...header, type: 'symlink', linkname: linkTo });
    }
  }
  archive.finalize();
  return buffer(archive);
}
