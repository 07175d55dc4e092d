import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dispatcher, request } from 'undici';
import { Registry, startRegistry } from '../startRegistry';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

const CREDENTIAL = 'lab:pass:word';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** A registry of its own, with a user `lab` whose password is `pass:word`, and somebody who asks it. */
export class TestRegistry {
  private constructor(
    readonly stateDir: string,
    private readonly registry: Registry,
  ) {}

  static async start(): Promise<TestRegistry> {
    const stateDir = mkdtempSync(join(tmpdir(), 'registry-'));
    const [username, password] = ['lab', 'pass:word'];
    const registry = await startRegistry({
      host: '127.0.0.1',
      port: 0,
      stateDir,
      username,
      password,
    });
    return new TestRegistry(stateDir, registry);
  }

  async close(): Promise<void> {
    await this.registry.close();
    rmSync(this.stateDir, { recursive: true });
  }

  async call(
    method: Dispatcher.HttpMethod,
    path: string,
    options: {
      body?: string;
      headers?: Record<string, string>;
      credential?: string;
    } = {},
  ): Promise<Answer> {
    const credential = options.credential ?? CREDENTIAL;
    const answer = await request(new URL(path, this.registry.url), {
      method,
      body: options.body,
      headers: {
        ...options.headers,
        authorization: `Basic ${Buffer.from(credential).toString('base64')}`,
      },
    });
    return {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
      text: await answer.body.text(),
    };
  }

  /** Pushes a blob in one request; returns its digest. */
  async pushBlob(repository: string, content: string): Promise<string> {
    const digest = digestOf(content);
    const answer = await this.call(
      'POST',
      `/v2/${repository}/blobs/uploads/?digest=${digest}`,
      { body: content },
    );
    if (answer.status !== 201) {
      throw new Error(answer.text);
    }
    return digest;
  }

  /** Pushes a manifest without layers; `extra` are fields of it. */
  async pushManifest(
    repository: string,
    reference: string,
    extra: object = {},
  ) {
    const config = await this.pushBlob(repository, '{}');
    const content = JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: config,
        size: 2,
      },
      layers: [],
      ...extra,
    });
    const answer = await this.call(
      'PUT',
      `/v2/${repository}/manifests/${reference}`,
      { body: content, headers: { 'content-type': OCI_MANIFEST } },
    );
    return { ...answer, content, digest: digestOf(content) };
  }
}

export function digestOf(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** The code of the first error that the registry tells. */
export function codeOf({ text }: Answer): string {
  return JSON.parse(text).errors[0].code;
}
