import { pipeline, Readable } from 'node:stream';
import {
  Descriptor,
  digestOf,
  encodeManifest,
  Manifest,
  manifestSchema,
  mediaTypes,
} from '../image/manifest';
import { blobPath, manifestPath, scopeOf, uploadsPath } from './address';
import { BlobUpload } from './BlobUpload';
import { readBounded } from './body';
import {
  RegistryAnswer,
  RegistryConnection,
  RegistryOptions,
} from './RegistryConnection';
import { RegistryError } from './RegistryError';
import { VerifiedBlob } from './VerifiedBlob';

/** The distribution specification lets registries refuse manifests above this size. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

type CallOptions = { signal?: AbortSignal };

/**
 * A client of one OCI registry (distribution API v2). What comes from the registry is verified against digests or refused; every
 * failure of the registry is thrown as a `RegistryError` with a code and a remedy.
 */
export class RegistryClient {
  readonly host: string;
  private readonly connection: RegistryConnection;

  constructor(options: RegistryOptions) {
    this.connection = new RegistryConnection(options);
    this.host = options.host;
  }

  /** Closes all connections; requests under way fail. */
  async close(): Promise<void> {
    await this.connection.close();
  }

  /**
   * What a tag stands for, or undefined if there is no such tag. The digest is computed from the manifest's bytes, whatever the
   * registry claims.
   */
  async resolveTag(
    repository: string,
    tag: string,
    options?: CallOptions,
  ): Promise<{ digest: string; manifest: Manifest } | undefined> {
    const answer = await this.sendManifestRequest(
      'GET',
      repository,
      tag,
      [200, 404],
      options,
    );
    const content = await readBounded(answer.body, MAX_MANIFEST_BYTES);
    if (answer.status === 404) {
      return undefined;
    }
    const name = `${this.host}/${repository}:${tag}`;
    return { digest: digestOf(content), manifest: readManifest(content, name) };
  }

  /** The manifest with this digest. Throws `registry-digest` if the registry gives another content. */
  async getManifest(
    repository: string,
    digest: string,
    options?: CallOptions,
  ): Promise<Manifest> {
    const answer = await this.sendManifestRequest(
      'GET',
      repository,
      digest,
      [200],
      options,
    );
    const content = await readBounded(answer.body, MAX_MANIFEST_BYTES);
    const name = `${this.host}/${repository}@${digest}`;
    if (digestOf(content) !== digest) {
      throw new RegistryError(
        'registry-digest',
        `The content of manifest ${name} is not what its digest says`,
      );
    }
    return readManifest(content, name);
  }

  /** Whether a tag or digest exists, without its content. */
  async hasManifest(
    repository: string,
    reference: string,
    options?: CallOptions,
  ): Promise<boolean> {
    const answer = await this.sendManifestRequest(
      'HEAD',
      repository,
      reference,
      [200, 404],
      options,
    );
    await answer.body.resume();
    return answer.status === 200;
  }

  /** Stores a manifest under a tag and returns its digest. */
  async putManifest(
    repository: string,
    tag: string,
    manifest: Manifest,
    options?: CallOptions,
  ): Promise<string> {
    const { content, descriptor } = encodeManifest(manifest);
    const answer = await this.connection.send({
      method: 'PUT',
      url: manifestPath(repository, tag),
      scopes: [scopeOf(repository, 'pull,push')],
      headers: { 'content-type': descriptor.mediaType },
      body: content,
      expect: [200, 201, 202],
      mustComplete: true,
      ...options,
    });
    await readBounded(answer.body, 64 * 1024);
    return descriptor.digest;
  }

  /** Removes a manifest by digest, and so every tag on it. False if it was not there. */
  async deleteManifest(
    repository: string,
    digest: string,
    options?: CallOptions,
  ): Promise<boolean> {
    const answer = await this.connection.send({
      method: 'DELETE',
      url: manifestPath(repository, digest),
      scopes: [scopeOf(repository, 'pull,push,delete')],
      expect: [200, 202, 404],
      ...options,
    });
    await readBounded(answer.body, 64 * 1024);
    return answer.status !== 404;
  }

  async hasBlob(
    repository: string,
    digest: string,
    options?: CallOptions,
  ): Promise<boolean> {
    const answer = await this.connection.send({
      method: 'HEAD',
      url: blobPath(repository, digest),
      scopes: [scopeOf(repository, 'pull,push')],
      expect: [200, 404],
      followRedirects: true,
      ...options,
    });
    await answer.body.resume();
    return answer.status === 200;
  }

  /** Makes a blob of another repository known in this one without moving it. False if the registry would rather have it sent. */
  async mountBlob(
    repository: string,
    digest: string,
    from: string,
    options?: CallOptions,
  ): Promise<boolean> {
    const query = new URLSearchParams({ mount: digest, from });
    const answer = await this.connection.send({
      method: 'POST',
      url: `${uploadsPath(repository)}?${query}`,
      scopes: [scopeOf(repository, 'pull,push'), scopeOf(from, 'pull')],
      expect: [201, 202],
      mustComplete: true,
      ...options,
    });
    if (answer.status === 202) {
      const upload = await this.openUpload(repository, answer, options);
      await upload.cancel();
      return false;
    }
    await readBounded(answer.body, 64 * 1024);
    return true;
  }

  /** Begins to upload a blob whose digest is not known yet. */
  async startUpload(
    repository: string,
    options?: CallOptions,
  ): Promise<BlobUpload> {
    const answer = await this.connection.send({
      method: 'POST',
      url: uploadsPath(repository),
      scopes: [scopeOf(repository, 'pull,push')],
      expect: [202],
      mustComplete: true,
      ...options,
    });
    return this.openUpload(repository, answer, options);
  }

  /** Stores a small blob, unless it is there already. */
  async uploadBlob(
    repository: string,
    content: Buffer,
    options?: CallOptions,
  ): Promise<{ digest: string; size: number }> {
    const digest = digestOf(content);
    if (!(await this.hasBlob(repository, digest, options))) {
      const upload = await this.startUpload(repository, options);
      try {
        await upload.commit(digest, content);
      } catch (error) {
        await upload.cancel();
        throw error;
      }
    }
    return { digest, size: content.length };
  }

  /** A blob as a stream that fails, at its end at the latest, unless the content is what the descriptor says. */
  async downloadBlob(
    repository: string,
    descriptor: Pick<Descriptor, 'digest' | 'size'>,
    options?: CallOptions,
  ): Promise<Readable> {
    const { digest } = descriptor;
    const answer = await this.connection.send({
      method: 'GET',
      url: blobPath(repository, digest),
      scopes: [scopeOf(repository, 'pull')],
      expect: [200],
      followRedirects: true,
      ...options,
    });
    return pipeline(answer.body, new VerifiedBlob(descriptor), () => {
      // A failure reaches the reader as the stream's error.
    });
  }

  private async openUpload(
    repository: string,
    answer: RegistryAnswer,
    options?: CallOptions,
  ) {
    return BlobUpload.open(
      this.connection,
      repository,
      answer,
      options?.signal,
    );
  }

  private async sendManifestRequest(
    method: 'GET' | 'HEAD',
    repository: string,
    reference: string,
    expect: number[],
    options?: CallOptions,
  ): Promise<RegistryAnswer> {
    return this.connection.send({
      method,
      url: manifestPath(repository, reference),
      scopes: [scopeOf(repository, 'pull')],
      headers: { accept: `${mediaTypes.manifest}, ${mediaTypes.index}` },
      expect,
      ...options,
    });
  }
}

function readManifest(content: Buffer, name: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(content.toString('utf8')));
  } catch {
    throw new RegistryError(
      'registry-protocol',
      `${name} is not an OCI image manifest`,
    );
  }
}
