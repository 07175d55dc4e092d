import { sign, verify } from 'node:crypto';
import { digestOf } from '../image/manifest';
import { RegistryClient } from '../registry/RegistryClient';
import { MemoryRegistry } from '../__testUtils__/MemoryRegistry';
import { makeEncryptionKeys, makeSigningKeys } from '../__testUtils__/keys';
import { PAYLOAD_TYPE, SIGNATURE } from './payload';
import { signImage } from './signImage';
import { verifyImage, VerifyOptions } from './verifyImage';

const repository = 'cubemig/cluster1/counter';
const digest = digestOf(Buffer.from('an image'));
const tag = `${digest.replace(':', '-')}.sig`;
const claims = { 'cubemig.io/migration': 'm1' };
const source = makeSigningKeys();
const other = makeSigningKeys();

let registry: MemoryRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await MemoryRegistry.start();
  client = new RegistryClient({ host: registry.host, insecure: true });
  const { privateKey } = source;
  await signImage({ registry: client, repository, digest, privateKey, claims });
});

afterEach(async () => {
  await client.close();
  await registry.stop();
});

const check = (change: Partial<VerifyOptions> = {}) =>
  verifyImage({
    registry: client,
    repository,
    digest,
    publicKey: source.publicKey,
    claims,
    ...change,
  });

/** Puts the signature of `from` under another image's or repository's name, as an attacker could. */
function plant(toRepository: string, toDigest: string) {
  for (const [key, blob] of [...registry.blobs]) {
    registry.blobs.set(key.replace(repository, toRepository), blob);
  }
  const manifest = registry.manifests.get(`${repository}/${tag}`)!;
  const toTag = `${toDigest.replace(':', '-')}.sig`;
  registry.manifests.set(`${toRepository}/${toTag}`, manifest);
}

describe('a signed image', () => {
  it('is signed as cosign signs', async () => {
    const found = await client.resolveTag(repository, tag);
    const [layer] = found!.manifest.layers;
    expect(layer.mediaType).toBe(PAYLOAD_TYPE);
    const payload = registry.blobs.get(`${repository}/${layer.digest}`)!;
    expect(JSON.parse(payload.toString())).toEqual({
      critical: {
        identity: { 'docker-reference': `${registry.host}/${repository}` },
        image: { 'docker-manifest-digest': digest },
        type: 'cosign container image signature',
      },
      optional: claims,
    });
    const signature = Buffer.from(layer.annotations![SIGNATURE], 'base64');
    expect(verify('sha256', payload, source.publicKey, signature)).toBe(true);
  });

  it('is accepted', async () => {
    await expect(check()).resolves.toBeUndefined();
  });

  it("is refused with another cluster's key", async () => {
    await expect(check({ publicKey: other.publicKey })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });

  it('is refused for another migration', async () => {
    await expect(
      check({ claims: { 'cubemig.io/migration': 'm2' } }),
    ).rejects.toMatchObject({ code: 'signature-wrong' });
  });

  it('does not lend its signature to another image', async () => {
    const changed = digestOf(Buffer.from('a changed image'));
    await expect(check({ digest: changed })).rejects.toMatchObject({
      code: 'signature-missing',
    });
    plant(repository, changed);
    await expect(check({ digest: changed })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });

  it('does not lend its signature to another repository', async () => {
    const elsewhere = 'cubemig/cluster2/counter';
    plant(elsewhere, digest);
    await expect(check({ repository: elsewhere })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });

  it('is refused if what was signed was changed', async () => {
    const found = await client.resolveTag(repository, tag);
    const [layer] = found!.manifest.layers;
    const forged = Buffer.from(
      registry.blobs
        .get(`${repository}/${layer.digest}`)!
        .toString()
        .replace('m1', 'm2'),
    );
    const blob = await client.uploadBlob(repository, forged);
    const layers = [{ ...layer, ...blob }];
    await client.putManifest(repository, tag, { ...found!.manifest, layers });
    await expect(check({ claims: {} })).rejects.toMatchObject({
      code: 'signature-wrong',
    });
  });

  it('is accepted if one of several signatures is right', async () => {
    const found = await client.resolveTag(repository, tag);
    const [layer] = found!.manifest.layers;
    const payload = registry.blobs.get(`${repository}/${layer.digest}`)!;
    const theirs = sign('sha256', payload, other.privateKey);
    const annotations = { [SIGNATURE]: theirs.toString('base64') };
    const layers = [{ ...layer, annotations }, layer];
    await client.putManifest(repository, tag, { ...found!.manifest, layers });
    await expect(check()).resolves.toBeUndefined();
  });

  it.each([makeSigningKeys('P-384').publicKey, makeEncryptionKeys().publicKey])(
    'is not verified with another kind of key',
    async publicKey => {
      await expect(check({ publicKey })).rejects.toMatchObject({
        code: 'signature-key',
      });
    },
  );
});
