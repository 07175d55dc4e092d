import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { RegistryClient } from '../registry/RegistryClient';
import { makeEncryptionKeys } from '../__testUtils__/keys';
import { MemoryRegistry } from '../__testUtils__/MemoryRegistry';
import { digestOf, mediaTypes } from './manifest';
import { Artifact, pushArtifact } from './pushArtifact';
import { readLayer } from './readLayer';

const repository = 'cubemig/cluster1/counter';
const content = Buffer.concat([
  randomBytes(700_000),
  Buffer.alloc(2_000_000, 'data '),
]);
const keys = makeEncryptionKeys();

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

const push = (change: Partial<Artifact> = {}) =>
  pushArtifact({
    registry: client,
    repository,
    tag: 'data',
    artifactType: 'application/vnd.example.data',
    archive: Readable.from([content]),
    compression: 'none',
    ...change,
  });

async function read(digest: string, privateKeys?: string[]) {
  const { layers } = await client.getManifest(repository, digest);
  const [layer] = layers;
  const reading = { registry: client, repository, layer, privateKeys };
  return buffer(await readLayer(reading));
}

describe('an artifact', () => {
  it('says what it is and what it is about', async () => {
    const subject = {
      mediaType: mediaTypes.manifest,
      digest: digestOf(content),
      size: 7,
    };
    const mediaType = 'application/vnd.example.data+gzip';
    const annotations = { a: 'b' };
    const { digest } = await push({ subject, mediaType, annotations });
    const found = await client.resolveTag(repository, 'data');
    expect(found?.digest).toBe(digest);
    expect(found?.manifest).toMatchObject({
      artifactType: 'application/vnd.example.data',
      subject,
      annotations,
      config: { mediaType: mediaTypes.empty, size: 2 },
      layers: [{ mediaType, size: content.length }],
    });
  });

  it.each(['none', 'gzip', 'zstd', 'auto'] as const)(
    'is read back as it was (%s), encrypted or not',
    async compression => {
      const plain = await push({ compression });
      expect((await read(plain.digest)).equals(content)).toBe(true);
      const recipients = [keys.publicKey];
      const archive = Readable.from([content]);
      const secret = await push({ compression, recipients, archive });
      const found = await read(secret.digest, [keys.privateKey]);
      expect(found.equals(content)).toBe(true);
      await expect(read(secret.digest)).rejects.toMatchObject({
        code: 'encryption-key',
      });
    },
  );

  it('is not read to its end if it was changed', async () => {
    const { digest } = await push({ compression: 'gzip' });
    const { layers } = await client.getManifest(repository, digest);
    const blob = registry.blobs.get(`${repository}/${layers[0].digest}`)!;
    blob[blob.length >> 1] ^= 1;
    await expect(read(digest)).rejects.toThrow();
  });
});
