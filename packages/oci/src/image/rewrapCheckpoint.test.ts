import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { RegistryClient } from '../registry/RegistryClient';
import { makeEncryptionKeys, MemoryRegistry } from '../__testUtils__';
import { pushCheckpointImage } from './pushCheckpointImage';
import { readLayer } from './readLayer';
import { rewrapCheckpoint } from './rewrapCheckpoint';

const repository = 'cubemig/cluster1/counter';
const archive = Buffer.alloc(2_000_000, 'pages of memory ');
const target = makeEncryptionKeys();
const platform = makeEncryptionKeys();
const another = makeEncryptionKeys();
const hasSkopeo = !spawnSync('skopeo', ['--version']).error;

let registry: MemoryRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await MemoryRegistry.start();
  client = new RegistryClient({ host: registry.host, insecure: true });
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

const push = (recipients?: string[]) =>
  pushCheckpointImage({
    registry: client,
    repository,
    tag: 'm1-counter',
    archive: Readable.from([archive]),
    container: 'counter',
    compression: 'gzip',
    recipients,
    architecture: 'amd64',
  });

const rewrap = (digest: string, privateKey: string) =>
  rewrapCheckpoint({
    registry: client,
    repository,
    digest,
    privateKeys: [privateKey],
    recipients: [another.publicKey],
    tag: 'm2-counter',
  });

async function read(digest: string, privateKey: string) {
  const { layers } = await client.getManifest(repository, digest);
  const [layer] = layers;
  const privateKeys = [privateKey];
  return buffer(
    await readLayer({ registry: client, repository, layer, privateKeys }),
  );
}

describe('rewrapCheckpoint', () => {
  it('gives a checkpoint to another cluster, by its manifest alone', async () => {
    const { digest } = await push([target.publicKey, platform.publicKey]);
    registry.requests.length = 0;
    const received = registry.received;
    const made = await rewrap(digest, platform.privateKey);

    expect(registry.requests.map(r => r.method)).toEqual(['GET', 'PUT']);
    expect(registry.received).toBe(received);
    expect((await read(made, another.privateKey)).equals(archive)).toBe(true);
    for (const { privateKey } of [target, platform]) {
      await expect(read(made, privateKey)).rejects.toMatchObject({
        code: 'encryption-key',
      });
    }
    const before = await client.getManifest(repository, digest);
    const after = await client.resolveTag(repository, 'm2-counter');
    expect(after?.digest).toBe(made);
    expect(after?.manifest.annotations).toEqual(before.annotations);
    expect(after?.manifest.config).toEqual(before.config);
    // Who could read it before still can, under the old name.
    expect((await read(digest, target.privateKey)).equals(archive)).toBe(true);
  });

  it('takes a key that fits', async () => {
    const { digest } = await push([target.publicKey]);
    await expect(rewrap(digest, platform.privateKey)).rejects.toMatchObject({
      code: 'encryption-key',
    });
    const { digest: plain } = await push();
    await expect(rewrap(plain, platform.privateKey)).rejects.toThrow(
      'is not encrypted',
    );
    expect(registry.manifests.has(`${repository}/m2-counter`)).toBe(false);
  });

  // Not every machine has skopeo.
  if (hasSkopeo) {
    it('is decrypted by skopeo too', async () => {
      const { digest } = await push([target.publicKey, platform.publicKey]);
      await rewrap(digest, platform.privateKey);
      const folder = mkdtempSync(join(tmpdir(), 'rewrap-'));
      try {
        const key = join(folder, 'key.pem');
        writeFileSync(key, another.privateKey);
        await promisify(execFile)('skopeo', [
          ...['--insecure-policy', 'copy', '--src-tls-verify=false'],
          ...['--decryption-key', key],
          `docker://${registry.host}/${repository}:m2-counter`,
          `dir:${join(folder, 'out')}`,
        ]);
        const manifest = readFileSync(join(folder, 'out/manifest.json'));
        const [{ mediaType }] = JSON.parse(String(manifest)).layers;
        expect(mediaType).toBe('application/vnd.oci.image.layer.v1.tar+gzip');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
