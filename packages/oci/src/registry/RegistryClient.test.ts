import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { MemoryRegistry } from '../__testUtils__/MemoryRegistry';
import { digestOf, Manifest, mediaTypes } from '../image/manifest';
import { RegistryClient } from './RegistryClient';

const repository = 'cubemig/cluster1/counter';

let registry: MemoryRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await MemoryRegistry.start();
  client = new RegistryClient({
    host: registry.host,
    insecure: true,
    retry: { attempts: 3, pauseMs: 1 },
  });
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

async function pushManifest(): Promise<{ digest: string; manifest: Manifest }> {
  const config = await client.uploadBlob(repository, Buffer.from('{}'));
  const manifest: Manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, ...config },
    layers: [],
    annotations: { a: 'b' },
  };
  const digest = await client.putManifest(repository, 'tag', manifest);
  return { digest, manifest };
}

describe('RegistryClient', () => {
  it('stores, resolves and deletes a manifest', async () => {
    const { digest, manifest } = await pushManifest();
    await expect(client.resolveTag(repository, 'tag')).resolves.toEqual({
      digest,
      manifest,
    });
    await expect(client.getManifest(repository, digest)).resolves.toEqual(
      manifest,
    );
    await expect(client.hasManifest(repository, 'tag')).resolves.toBe(true);
    await expect(client.deleteManifest(repository, digest)).resolves.toBe(true);
    await expect(client.deleteManifest(repository, digest)).resolves.toBe(
      false,
    );
  });

  it('tells an absent tag from a failure', async () => {
    await expect(client.resolveTag(repository, 'none')).resolves.toBe(
      undefined,
    );
    await expect(client.hasManifest(repository, 'none')).resolves.toBe(false);
  });

  it('streams a blob of unknown length and digest', async () => {
    const content = Buffer.alloc(3_000_000, 'memory');
    const upload = await client.startUpload(repository);
    await upload.write(Readable.from([content, Buffer.from('!')]));
    const digest = digestOf(Buffer.concat([content, Buffer.from('!')]));
    await upload.commit(digest);
    await expect(client.hasBlob(repository, digest)).resolves.toBe(true);
    const size = content.length + 1;
    const blob = await client.downloadBlob(repository, { digest, size });
    let read = 0;
    for await (const chunk of blob) read += chunk.length;
    expect(read).toBe(size);
  });

  it('sends nothing that is there already', async () => {
    const content = Buffer.from('once');
    await client.uploadBlob(repository, content);
    registry.requests.length = 0;
    await client.uploadBlob(repository, content);
    expect(registry.requests.map(r => r.method)).toEqual(['HEAD']);
  });

  it('mounts a blob of another repository, or says that it must be sent', async () => {
    const { digest } = await client.uploadBlob(repository, Buffer.from('x'));
    await expect(
      client.mountBlob('other/place', digest, repository),
    ).resolves.toBe(true);
    await expect(
      client.mountBlob('other/place', digestOf(Buffer.from('y')), repository),
    ).resolves.toBe(false);
    expect(registry.uploads.size).toBe(0);
  });

  it('refuses content that is not what its digest says', async () => {
    const { digest } = await pushManifest();
    const blob = await client.uploadBlob(repository, Buffer.from('good'));
    registry.manifests.set(`${repository}/${digest}`, Buffer.from('{}'));
    await expect(client.getManifest(repository, digest)).rejects.toMatchObject({
      code: 'registry-digest',
    });

    for (const forged of ['evil', 'goo', 'good and more']) {
      registry.blobs.set(`${repository}/${blob.digest}`, Buffer.from(forged));
      const stream = await client.downloadBlob(repository, blob);
      await expect(stream.toArray()).rejects.toMatchObject({
        code: 'registry-digest',
      });
    }
  });

  it('refuses an image that is not in OCI format', async () => {
    registry.manifests.set(
      `${repository}/docker`,
      Buffer.from(
        '{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json"}',
      ),
    );
    await expect(client.resolveTag(repository, 'docker')).rejects.toMatchObject(
      { code: 'registry-protocol' },
    );
  });

  it('lets no name change the address', async () => {
    await expect(client.resolveTag('a/../b', 'tag')).rejects.toThrow(
      'Not a valid repository: "a/../b"',
    );
    await expect(client.resolveTag('a', '../x')).rejects.toThrow('Not a valid');
    expect(() => new RegistryClient({ host: 'user@registry.example' })).toThrow(
      "Not a registry's host",
    );
    expect(() => new RegistryClient({ host: 'registry/x' })).toThrow(
      "Not a registry's host",
    );
    expect(registry.requests).toEqual([]);
  });
});

describe('RegistryClient, failures', () => {
  it.each([
    [401, 'registry-unauthorized'],
    [403, 'registry-forbidden'],
    [413, 'registry-too-large'],
    [418, 'registry-protocol'],
  ])(
    'reports a %i with a remedy, and does not insist',
    async (status, code) => {
      registry.intercept = () => ({
        status,
        body: '{"errors":[{"code":"CODE","message":"the reason"}]}',
      });
      await expect(client.resolveTag(repository, 'tag')).rejects.toMatchObject({
        code,
        message: `GET ${registry.host}/v2/${repository}/manifests/tag: answered ${status}: CODE the reason`,
        remedy: expect.stringMatching(/^.{20}/),
      });
      expect(registry.requests).toHaveLength(1);
    },
  );

  it.each([
    [429, 'registry-busy'],
    [500, 'registry-unavailable'],
    [503, 'registry-unavailable'],
    ['cut', 'registry-unreachable'],
  ] as const)('tries again after %s, but not for ever', async (fault, code) => {
    let left = 2;
    registry.intercept = () => {
      if (left-- <= 0) return undefined;
      return fault === 'cut' ? 'cut' : { status: fault };
    };
    await expect(client.resolveTag(repository, 'x')).resolves.toBe(undefined);
    expect(registry.requests).toHaveLength(3);

    left = 3;
    await expect(client.resolveTag(repository, 'x')).rejects.toMatchObject({
      code,
    });
  });

  it('reports a registry that is not there', async () => {
    await registry.stop();
    await expect(client.resolveTag(repository, 'x')).rejects.toMatchObject({
      code: 'registry-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('reports a registry that does not speak TLS', async () => {
    const secure = new RegistryClient({ host: registry.host });
    await expect(secure.resolveTag(repository, 'x')).rejects.toMatchObject({
      code: 'registry-tls',
      remedy: expect.stringContaining('insecure'),
    });
    await secure.close();
  });

  it('reports a registry that stays silent', async () => {
    const silent = createServer();
    await new Promise<void>(done => {
      silent.listen(0, '127.0.0.1', done);
    });
    const { port } = silent.address() as { port: number };
    const patient = new RegistryClient({
      host: `127.0.0.1:${port}`,
      insecure: true,
      timeoutMs: 100,
      retry: { attempts: 1, pauseMs: 1 },
    });
    await expect(patient.resolveTag(repository, 'x')).rejects.toMatchObject({
      code: 'registry-timeout',
      message: expect.stringMatching(/: no answer within 0\.1 s$/),
    });
    await patient.close();
    silent.close();
  });

  it('stops when it is told to', async () => {
    registry.intercept = () => ({ status: 503 });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      client.resolveTag(repository, 'x', { signal }),
    ).rejects.toThrow();
    expect(registry.requests.length).toBeLessThan(2);
  });
});
