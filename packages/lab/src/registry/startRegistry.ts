import { timingSafeEqual, createHash } from 'node:crypto';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { bytesOf, Faults, secondsOf } from '../faults/Faults';
import { cutAfter } from '../faults/cutAfter';
import { BlobStore } from './BlobStore';
import { ManifestStore } from './ManifestStore';
import { checkRepository } from './names';
import { RegistryError } from './RegistryError';
import { routes } from './routes';
import { UploadStore } from './UploadStore';

export interface RegistryOptions {
  /** A loopback address. */
  host: string;
  /** 0 takes any free port. */
  port: number;
  stateDir: string;
  /** Without them the registry is open to everybody. */
  username?: string;
  password?: string;
  faults?: Faults;
}

export interface Registry {
  /** `http://host:port`. */
  url: string;
  host: string;
  port: number;
  username?: string;
  password?: string;
  close(): Promise<void>;
}

/** Starts an OCI distribution registry on disk, over plain http. */
export async function startRegistry(
  options: RegistryOptions,
): Promise<Registry> {
  const { host, stateDir, username, password } = options;
  const faults = options.faults ?? new Faults();
  const stores = {
    blobs: await BlobStore.open(stateDir),
    uploads: await UploadStore.open(stateDir),
    manifests: await ManifestStore.open(stateDir),
  };
  const isAllowed = credentialCheck(username, password);
  const server = createServer((request, response) => {
    handle(request, response, stores, isAllowed, faults).catch(error =>
      answerError(response, error),
    );
  });
  // A layer may take longer than the five minutes that Node gives a request.
  server.requestTimeout = 0;
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    host,
    port,
    username,
    password,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Stores = {
  blobs: BlobStore;
  uploads: UploadStore;
  manifests: ManifestStore;
};

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  stores: Stores,
  isAllowed: (authorization: string | undefined) => boolean,
  faults: Faults,
): Promise<void> {
  await disturb(request, faults);
  response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
  if (!isAllowed(request.headers.authorization)) {
    throw unauthorized();
  }
  const url = new URL(request.url ?? '/', 'http://registry');
  if (url.pathname === '/v2/' || url.pathname === '/v2') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    return;
  }
  for (const { path, methods } of routes) {
    const match = url.pathname.match(path);
    if (match) {
      const handler = methods[request.method ?? ''];
      if (!handler) {
        throw new RegistryError(
          405,
          'UNSUPPORTED',
          'The operation is unsupported.',
        );
      }
      const { repository = '', reference = '' } = match.groups ?? {};
      await handler({
        request,
        response,
        url,
        repository: repository && checkRepository(repository),
        reference: decodeURIComponent(reference),
        newCut: () => {
          const cut = faults.strike('registry-cuts');
          return cutAfter(cut && bytesOf(cut));
        },
        ...stores,
      });
      return;
    }
  }
  throw new RegistryError(404, 'UNSUPPORTED', 'page not found');
}

/** By the registry's faults. */
async function disturb(
  { method = '' }: IncomingMessage,
  faults: Faults,
): Promise<void> {
  const slow = faults.strike('registry-slow');
  if (slow) {
    await delay(secondsOf(slow) * 1000, undefined, { ref: false });
  }
  if (faults.strike('registry-fails')) {
    throw new RegistryError(503, 'UNAVAILABLE', 'service unavailable');
  }
  if (faults.strike('registry-unauthorized')) {
    throw unauthorized();
  }
  const isPush = ['POST', 'PATCH', 'PUT'].includes(method);
  if (isPush && faults.strike('registry-full')) {
    throw new RegistryError(
      500,
      'UNKNOWN',
      'unknown error: filesystem: write /var/lib/registry: no space left on device',
    );
  }
}

function unauthorized(): RegistryError {
  return new RegistryError(401, 'UNAUTHORIZED', 'authentication required', {
    'WWW-Authenticate': 'Basic realm="CubeMig lab"',
  });
}

function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const known =
    error instanceof RegistryError
      ? error
      : new RegistryError(500, 'UNKNOWN', (error as Error).message);
  response
    .writeHead(known.status, {
      'Content-Type': 'application/json',
      // What is left of the request's body is not read.
      Connection: 'close',
      ...known.headers,
    })
    .end(known.toBody());
}

function credentialCheck(username?: string, password?: string) {
  if (!username || !password) {
    return () => true;
  }
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const expected = hash(
    `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
  );
  return (authorization = '') => timingSafeEqual(hash(authorization), expected);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
