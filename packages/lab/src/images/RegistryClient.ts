import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { request } from 'undici';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const DOCKER_MANIFEST =
  'application/vnd.docker.distribution.manifest.v2+json';
export const DOCKER_INDEX =
  'application/vnd.docker.distribution.manifest.list.v2+json';

const ACCEPTED = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX];
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** Where a registry answers, and as whom one talks to it. */
export interface RegistryEndpoint {
  /** `http://host:port`. */
  url: string;
  username?: string;
  password?: string;
}

/** What the registry said instead of what was asked for. */
export class RegistryAnswerError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export interface FetchedManifest {
  digest: string;
  mediaType: string;
  content: Buffer;
}

/** A client of the OCI distribution protocol over plain http. */
export class RegistryClient {
  constructor(private readonly endpoint: RegistryEndpoint) {}

  async getManifest(
    repository: string,
    reference: string,
  ): Promise<FetchedManifest> {
    const answer = await this.#send(
      'GET',
      `${repository}/manifests/${reference}`,
      {
        headers: { accept: ACCEPTED.join(', ') },
      },
    );
    const content = Buffer.from(await answer.body.arrayBuffer());
    if (content.length > MAX_MANIFEST_BYTES) {
      throw new RegistryAnswerError(200, 'manifest is too large');
    }
    const digest = `sha256:${sha256(content)}`;
    if (reference.startsWith('sha256:') && reference !== digest) {
      throw new RegistryAnswerError(
        200,
        `manifest verification failed for digest ${reference}`,
      );
    }
    return {
      digest,
      mediaType: String(answer.headers['content-type'] ?? OCI_MANIFEST).split(
        ';',
      )[0],
      content,
    };
  }

  /** Streams a blob into a file; rejects if it is not what its digest says. */
  async downloadBlob(
    repository: string,
    digest: string,
    file: string,
  ): Promise<void> {
    const answer = await this.#send('GET', `${repository}/blobs/${digest}`);
    const hash = createHash('sha256');
    const verify = new Transform({
      transform(chunk, _encoding, done) {
        hash.update(chunk);
        done(undefined, chunk);
      },
    });
    await pipeline(answer.body, verify, createWriteStream(file));
    if (`sha256:${hash.digest('hex')}` !== digest) {
      throw new RegistryAnswerError(
        200,
        `Digest did not match, expected ${digest}`,
      );
    }
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    try {
      await this.#send('HEAD', `${repository}/blobs/${digest}`);
      return true;
    } catch (error) {
      if (error instanceof RegistryAnswerError && error.status === 404) {
        return false;
      }
      throw error;
    }
  }

  async uploadBlob(
    repository: string,
    digest: string,
    content: Buffer,
  ): Promise<void> {
    await this.#send('POST', `${repository}/blobs/uploads/?digest=${digest}`, {
      headers: { 'content-type': 'application/octet-stream' },
      body: content,
    });
  }

  async putManifest(
    repository: string,
    reference: string,
    mediaType: string,
    content: Buffer,
  ): Promise<void> {
    await this.#send('PUT', `${repository}/manifests/${reference}`, {
      headers: { 'content-type': mediaType },
      body: content,
    });
  }

  async #send(
    method: 'GET' | 'HEAD' | 'POST' | 'PUT',
    path: string,
    options: {
      headers?: Record<string, string>;
      body?: Buffer | Readable;
    } = {},
  ) {
    const { url, username, password } = this.endpoint;
    const answer = await request(`${url}/v2/${path}`, {
      method,
      body: options.body,
      headers: {
        ...options.headers,
        ...(username
          ? {
              authorization: `Basic ${Buffer.from(
                `${username}:${password}`,
              ).toString('base64')}`,
            }
          : {}),
      },
    });
    if (answer.statusCode >= 300) {
      throw new RegistryAnswerError(
        answer.statusCode,
        describeError(answer.statusCode, await answer.body.text()),
      );
    }
    if (method !== 'GET') {
      await answer.body.dump();
    }
    return answer;
  }
}

/** As containers/image words it: the registry's code in lower case, and what it adds to that. */
function describeError(status: number, body: string): string {
  try {
    const [{ code, message }] = JSON.parse(body).errors;
    const words = String(code).toLowerCase().replaceAll('_', ' ');
    return words === message ? words : `${words}: ${message}`;
  } catch {
    return `received unexpected HTTP status: ${status}`;
  }
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
