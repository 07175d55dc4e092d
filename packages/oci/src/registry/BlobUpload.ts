import { Readable } from 'node:stream';
import { RegistryAnswer, RegistryConnection } from './RegistryConnection';
import { readBounded } from './body';

/**
 * One upload session of the distribution API. The content is streamed while its digest is still being computed: the digest is named
 * at the end, by `commit`. All its addresses must be the registry's own.
 */
export class BlobUpload {
  private constructor(
    private readonly connection: RegistryConnection,
    private readonly scopes: string[],
    private location: URL,
    private readonly signal?: AbortSignal,
  ) {}

  /** Goes on from the registry's answer to `POST /blobs/uploads/`. */
  static async open(
    connection: RegistryConnection,
    scopes: string[],
    answer: RegistryAnswer,
    signal?: AbortSignal,
  ): Promise<BlobUpload> {
    const location = connection.resolve(answer.headers.location, answer.url);
    await readBounded(answer.body, 64 * 1024);
    return new BlobUpload(connection, scopes, location, signal);
  }

  /** Sends the content in one streamed request of unknown length, as Docker and skopeo do. */
  async write(content: Readable): Promise<void> {
    const answer = await this.connection.send({
      method: 'PATCH',
      url: this.location,
      scopes: this.scopes,
      headers: { 'content-type': 'application/octet-stream' },
      body: content,
      expect: [202, 204],
      signal: this.signal,
    });
    // The new address carries the session's state: the old one is void.
    this.location = this.connection.resolve(
      answer.headers.location,
      answer.url,
    );
    await readBounded(answer.body, 64 * 1024);
  }

  /** Ends the upload. The registry compares the digest with what it received. */
  async commit(digest: string, content?: Buffer): Promise<void> {
    const url = new URL(this.location);
    url.searchParams.set('digest', digest);
    const answer = await this.connection.send({
      method: 'PUT',
      url,
      scopes: this.scopes,
      headers: { 'content-type': 'application/octet-stream' },
      body: content ?? Buffer.alloc(0),
      expect: [201, 204],
      signal: this.signal,
    });
    await readBounded(answer.body, 64 * 1024);
  }

  /** Tells the registry to forget what was sent. Registries clean up by themselves too, so a failure does not matter. */
  async cancel(): Promise<void> {
    await this.connection
      .send({
        method: 'DELETE',
        url: this.location,
        scopes: this.scopes,
        expect: [202, 204, 404],
        signal: AbortSignal.timeout(5000),
      })
      .then(answer => readBounded(answer.body, 64 * 1024))
      .catch(() => undefined);
  }
}
