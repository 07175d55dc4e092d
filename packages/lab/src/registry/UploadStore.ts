import { createHash, Hash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from './BlobStore';
import { RegistryError } from './RegistryError';

interface Upload {
  id: string;
  repository: string;
  file: string;
  /** Bytes received. */
  size: number;
  hash: Hash;
  isReceiving: boolean;
}

/** Blobs on their way in: bytes go to disk as they come and are hashed on the way. */
export class UploadStore {
  readonly #uploads = new Map<string, Upload>();

  private constructor(private readonly directory: string) {}

  /** Uploads of an earlier run are forgotten: their hashes are. */
  static async open(stateDir: string): Promise<UploadStore> {
    const directory = join(stateDir, 'uploads');
    await fs.rm(directory, { recursive: true, force: true });
    await fs.mkdir(directory, { recursive: true });
    return new UploadStore(directory);
  }

  async begin(repository: string): Promise<Upload> {
    const id = randomUUID();
    const upload = {
      id,
      repository,
      file: join(this.directory, id),
      size: 0,
      hash: createHash('sha256'),
      isReceiving: false,
    };
    await fs.writeFile(upload.file, '');
    this.#uploads.set(id, upload);
    return upload;
  }

  find(repository: string, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload?.repository !== repository) {
      throw new RegistryError(
        404,
        'BLOB_UPLOAD_UNKNOWN',
        'blob upload unknown to registry',
      );
    }
    return upload;
  }

  /** Appends a body that passes `cut` on its way. `start` is where the client thinks it continues. */
  async append(
    upload: Upload,
    body: Readable,
    cut: Transform,
    start?: number,
  ): Promise<void> {
    if (upload.isReceiving || (start !== undefined && start !== upload.size)) {
      throw new RegistryError(
        416,
        'BLOB_UPLOAD_INVALID',
        'blob upload invalid',
        { Range: rangeOf(upload) },
      );
    }
    upload.isReceiving = true;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        upload.hash.update(chunk);
        upload.size += chunk.length;
        done(undefined, chunk);
      },
    });
    try {
      await pipeline(
        body,
        cut,
        count,
        createWriteStream(upload.file, { flags: 'a' }),
      );
    } catch (error) {
      await this.#lookAgain(upload);
      throw error;
    } finally {
      upload.isReceiving = false;
    }
  }

  /** After a cut: what was hashed and what is on disk may differ. The client asks how much is there, and goes on from it. */
  async #lookAgain(upload: Upload): Promise<void> {
    upload.size = 0;
    upload.hash = createHash('sha256');
    for await (const chunk of createReadStream(upload.file)) {
      upload.hash.update(chunk);
      upload.size += chunk.length;
    }
  }

  /** Hands the blob over if its digest is what the client says. */
  async finish(
    upload: Upload,
    digest: string,
    blobs: BlobStore,
  ): Promise<void> {
    this.#uploads.delete(upload.id);
    if (`sha256:${upload.hash.digest('hex')}` !== digest) {
      await fs.rm(upload.file, { force: true });
      throw new RegistryError(
        400,
        'DIGEST_INVALID',
        'provided digest did not match uploaded content',
      );
    }
    await blobs.add(upload.repository, digest, upload.file);
  }

  async cancel(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id);
    await fs.rm(upload.file, { force: true });
  }
}

/** What a client is told of its upload; an empty one is `0-0` too, as in distribution. */
export function rangeOf({ size }: { size: number }): string {
  return `0-${Math.max(size - 1, 0)}`;
}
