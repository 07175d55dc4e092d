import { blobPath, scopeOf } from './address';
import { readBounded } from './body';
import {
  RegistryAnswer,
  RegistryConnection,
  RegistryRequest,
} from './RegistryConnection';
import { RegistryError } from './RegistryError';
import { Replay } from './Replay';

/** How many cuts in a row, without a byte between them, end an upload. */
const MAX_CUTS = 4;

/**
 * One upload session of the distribution API. The content is streamed while its digest is still being computed: the digest is named
 * at the end, by `commit`. All its addresses must be the registry's own.
 */
export class BlobUpload {
  private constructor(
    private readonly connection: RegistryConnection,
    private readonly repository: string,
    private location: URL,
    private readonly signal?: AbortSignal,
  ) {}

  /** Goes on from the registry's answer to `POST /blobs/uploads/`. */
  static async open(
    connection: RegistryConnection,
    repository: string,
    answer: RegistryAnswer,
    signal?: AbortSignal,
  ): Promise<BlobUpload> {
    const location = connection.resolve(answer.headers.location, answer.url);
    await readBounded(answer.body, 64 * 1024);
    return new BlobUpload(connection, repository, location, signal);
  }

  /**
   * Sends the content in one streamed request of unknown length, as Docker and skopeo do. After a cut it asks the registry how far the
   * content came, and goes on from there.
   *
   * @param release - called with each chunk that will not be needed again
   */
  async write(
    content: AsyncIterable<Buffer>,
    release?: (chunk: Buffer) => void,
  ): Promise<void> {
    const replay = new Replay(content, release);
    try {
      let offset = 0;
      for (let cuts = 0; ; ) {
        try {
          await this.stream(replay.readFrom(offset));
          return;
        } catch (error) {
          if (replay.failure) throw replay.failure.error;
          if (!isCut(error)) throw error;
          const reached = await this.askOffset(cuts);
          if (reached === undefined || !replay.reaches(reached)) throw error;
          cuts = reached > offset ? 1 : cuts + 1;
          if (cuts > MAX_CUTS) throw error;
          offset = reached;
        }
      }
    } finally {
      await replay.close();
    }
  }

  private async stream(content: AsyncIterable<Buffer>): Promise<void> {
    const answer = await this.send('PATCH', this.location, {
      headers: { 'content-type': 'application/octet-stream' },
      body: content,
      expect: [202, 204],
    });
    // The new address carries the session's state: the old one is void.
    this.location = this.connection.resolve(
      answer.headers.location,
      answer.url,
    );
  }

  /** How many bytes of this session the registry has; undefined if it does not tell. */
  private async askOffset(cuts: number): Promise<number | undefined> {
    // Give the registry time to notice the cut and to write down what had reached it.
    await this.connection.pause(cuts, this.signal);
    try {
      const { headers, url } = await this.send('GET', this.location, {
        expect: [200, 204],
      });
      const last = /^(?:bytes=)?0-(\d+)$/.exec(String(headers.range))?.[1];
      if (last === undefined) {
        return undefined;
      }
      this.location = headers.location
        ? this.connection.resolve(headers.location, url)
        : this.location;
      // "0-0" is what registries say of an upload that has nothing yet; nobody sends a single byte.
      return last === '0' ? 0 : Number(last) + 1;
    } catch {
      this.signal?.throwIfAborted();
      return undefined;
    }
  }

  /** Ends the upload. The registry compares the digest with what it received. */
  async commit(digest: string, content?: Buffer): Promise<void> {
    const url = new URL(this.location);
    url.searchParams.set('digest', digest);
    const answer = await this.send('PUT', url, {
      headers: { 'content-type': 'application/octet-stream' },
      body: content ?? Buffer.alloc(0),
      // If the answer to a first try was lost, the second finds no upload any more: then what counts is whether the blob is there.
      expect: [201, 204, 404],
    });
    if (answer.status === 404) {
      const blob = blobPath(this.repository, digest);
      await this.send('HEAD', blob, { expect: [200], followRedirects: true });
    }
  }

  /** Tells the registry to forget what was sent. Registries clean up by themselves too, so a failure does not matter. */
  async cancel(): Promise<void> {
    await this.send('DELETE', this.location, {
      expect: [202, 204, 404],
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined);
  }

  private async send(
    method: RegistryRequest['method'],
    url: URL | string,
    rest: Omit<RegistryRequest, 'method' | 'url' | 'scopes'>,
  ): Promise<RegistryAnswer> {
    const answer = await this.connection.send({
      method,
      url,
      scopes: [scopeOf(this.repository, 'pull,push')],
      signal: this.signal,
      ...rest,
    });
    await readBounded(answer.body, 64 * 1024);
    return answer;
  }
}

/** 416 and a passing failure: the session may well go on, if it is asked where. */
function isCut(error: unknown): boolean {
  return (
    error instanceof RegistryError &&
    (error.mayPass || error.details.status === 416)
  );
}
