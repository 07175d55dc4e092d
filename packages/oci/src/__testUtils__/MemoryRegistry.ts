import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  IncomingHttpHeaders,
  IncomingMessage,
  OutgoingHttpHeaders,
  Server,
} from 'node:http';
import { createServer as createTlsServer, ServerOptions } from 'node:https';
import { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

interface Answer {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/**
 * An OCI registry in memory, strict about the protocol's order and digests, for the faults that a real one does not show on demand:
 * `intercept` may answer in its place, or `cut` the connection, before a request's body is read or after some of its bytes, or read no
 * further without a word.
 */
export class MemoryRegistry {
  /** `host:port`. */
  readonly host: string;
  readonly requests: SeenRequest[] = [];
  readonly blobs = new Map<string, Buffer>();
  readonly manifests = new Map<string, Buffer>();
  readonly uploads = new Map<string, { chunks: Buffer[]; round: number }>();
  intercept: (
    request: SeenRequest,
  ) =>
    | Answer
    | 'cut'
    | { cutAfter: number }
    | { stallAfter: number }
    | undefined = () => undefined;
  /** Of each request, the name in the client's certificate, if it showed one. */
  readonly peers: (string | undefined)[] = [];
  /** Bytes of blobs that were sent here, repetitions included. */
  received = 0;

  private constructor(private readonly server: Server) {
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      const seen = {
        method: request.method!,
        path: request.url!,
        headers: request.headers,
      };
      this.requests.push(seen);
      this.peers.push(peerOf(request.socket));
      const early = this.intercept(seen);
      if (early === 'cut') {
        request.socket.destroy();
        return;
      }
      if (early && 'cutAfter' in early) cutAfter(request, early.cutAfter);
      const stallAfter =
        early && 'stallAfter' in early ? early.stallAfter : undefined;
      const given =
        early && 'status' in early ? early : this.answer(request, stallAfter);
      Promise.resolve(given).then(
        ({ status, headers, body }) =>
          response.writeHead(status, headers).end(body),
        () => request.socket.destroy(),
      );
    });
  }

  /** @param tls - without it, plain http */
  static async start(tls?: ServerOptions): Promise<MemoryRegistry> {
    const server = tls ? createTlsServer(tls) : createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new MemoryRegistry(server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private async answer(
    request: IncomingMessage,
    stallAfter?: number,
  ): Promise<Answer> {
    const url = new URL(request.url!, 'http://registry');
    const [, repository, kind, rest] =
      /^\/v2\/(.+?)\/(blobs\/uploads|blobs|manifests)\/(.*)$/.exec(
        url.pathname,
      ) ?? [];
    const key = `${repository}/${rest}`;
    if (url.pathname === '/v2/') return { status: 200 };
    switch (`${request.method} ${kind}`) {
      case 'POST blobs/uploads':
        return this.openUpload(repository, url.searchParams);
      case 'PATCH blobs/uploads':
      case 'PUT blobs/uploads':
        return this.writeUpload(
          repository,
          rest,
          url.searchParams,
          request,
          stallAfter,
        );
      case 'GET blobs/uploads':
        return this.tellUpload(repository, rest);
      case 'DELETE blobs/uploads':
        return { status: this.uploads.delete(rest) ? 204 : 404 };
      case 'HEAD blobs':
      case 'GET blobs':
        return found(this.blobs.get(key), request.method === 'GET');
      case 'HEAD manifests':
      case 'GET manifests':
        return {
          headers: { 'content-type': MANIFEST_TYPE },
          ...found(this.manifests.get(key), request.method === 'GET'),
        };
      case 'PUT manifests':
        return this.putManifest(repository, rest, await readAll(request));
      case 'DELETE manifests':
        return { status: this.deleteManifest(repository, key) ? 202 : 404 };
      default:
        return refuse(404, 'UNSUPPORTED');
    }
  }

  /** With a manifest go the tags on it. */
  private deleteManifest(repository: string, key: string): boolean {
    const content = this.manifests.get(key);
    for (const [other, stored] of this.manifests) {
      if (other.startsWith(`${repository}/`) && content?.equals(stored)) {
        this.manifests.delete(other);
      }
    }
    return content !== undefined;
  }

  private openUpload(repository: string, query: URLSearchParams): Answer {
    const mounted = this.blobs.get(
      `${query.get('from')}/${query.get('mount')}`,
    );
    if (mounted) {
      this.blobs.set(`${repository}/${query.get('mount')}`, mounted);
      return { status: 201 };
    }
    const id = randomUUID();
    this.uploads.set(id, { chunks: [], round: 0 });
    return { status: 202, headers: { location: locate(repository, id, 0) } };
  }

  /** Each answer names a new address, as real registries' do; the old one is refused. */
  private async writeUpload(
    repository: string,
    id: string,
    query: URLSearchParams,
    request: IncomingMessage,
    stallAfter = Number.POSITIVE_INFINITY,
  ): Promise<Answer> {
    const upload = this.uploads.get(id);
    if (!upload || query.get('round') !== String(upload.round)) {
      request.resume();
      return refuse(404, 'BLOB_UPLOAD_UNKNOWN');
    }
    try {
      let left = stallAfter;
      for await (const chunk of request) {
        upload.chunks.push(chunk);
        this.received += chunk.length;
        left -= chunk.length;
        if (left <= 0) await once(request.socket, 'close');
      }
    } catch (error) {
      upload.round += 1;
      throw error;
    }
    if (request.method === 'PATCH') {
      upload.round += 1;
      const location = locate(repository, id, upload.round);
      return { status: 202, headers: { location } };
    }
    const content = Buffer.concat(upload.chunks);
    if (query.get('digest') !== digestOf(content)) {
      return refuse(400, 'DIGEST_INVALID');
    }
    this.uploads.delete(id);
    this.blobs.set(`${repository}/${digestOf(content)}`, content);
    return { status: 201 };
  }

  /** What is there of an upload, and the address where it goes on: the one before the cut is void. */
  private tellUpload(repository: string, id: string): Answer {
    const upload = this.uploads.get(id);
    if (!upload) {
      return refuse(404, 'BLOB_UPLOAD_UNKNOWN');
    }
    const size = upload.chunks.reduce((sum, { length }) => sum + length, 0);
    const range = `0-${Math.max(size - 1, 0)}`;
    const location = locate(repository, id, upload.round);
    return { status: 204, headers: { location, range } };
  }

  private putManifest(
    repository: string,
    reference: string,
    content: Buffer,
  ): Answer {
    const { config, layers } = JSON.parse(content.toString());
    for (const { digest, size } of [config, ...layers]) {
      if (this.blobs.get(`${repository}/${digest}`)?.length !== size) {
        return refuse(400, 'MANIFEST_BLOB_UNKNOWN');
      }
    }
    this.manifests.set(`${repository}/${reference}`, content);
    this.manifests.set(`${repository}/${digestOf(content)}`, content);
    return { status: 201 };
  }
}

function cutAfter(request: IncomingMessage, bytes: number): void {
  let left = bytes;
  request.on('data', chunk => {
    left -= chunk.length;
    if (left <= 0) request.socket.destroy();
  });
  request.pause();
}

function peerOf(socket: Socket): string | undefined {
  return socket instanceof TLSSocket
    ? [socket.getPeerCertificate().subject?.CN].flat()[0]
    : undefined;
}

function locate(repository: string, id: string, round: number): string {
  return `/v2/${repository}/blobs/uploads/${id}?round=${round}`;
}

function found(content: Buffer | undefined, withBody: boolean): Answer {
  return content
    ? { status: 200, body: withBody ? content : undefined }
    : refuse(404, 'NOT_FOUND');
}

function refuse(status: number, code: string): Answer {
  return { status, body: JSON.stringify({ errors: [{ code }] }) };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
