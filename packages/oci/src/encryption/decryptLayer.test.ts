import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { Descriptor, digestOf, mediaTypes } from '../image/manifest';
import { LayerMaker } from '../layer';
import { makeEncryptionKeys, makeSigningKeys } from '../__testUtils__/keys';
import { decryptLayer } from './decryptLayer';
import { LayerCipher } from './LayerCipher';
import fixture from './__fixtures__/skopeo.json';

const target = makeEncryptionKeys();
const platform = makeEncryptionKeys();
const stranger = makeEncryptionKeys();
const archive = Buffer.alloc(3_000_000, 'pages of memory ');

async function encrypt(compression: 'none' | 'zstd' = 'none') {
  const maker = new LayerMaker({
    archive: Readable.from([archive]),
    compression,
    recipients: [target.publicKey, platform.publicKey],
    onBytes: () => undefined,
  });
  const content = await buffer(maker.content());
  return { content, ...(await maker.describe()) };
}

const decrypt = async (layer: Descriptor, content: Buffer, key: string) => {
  const source = Readable.from([content], { objectMode: false });
  const found = await decryptLayer(layer, source, [key]);
  return { ...found, content: await buffer(found.content) };
};

describe('decryptLayer', () => {
  it.each([
    ['one', 'target'],
    ['two', 'target'],
    ['two', 'platform'],
  ] as const)('reads what skopeo encrypted (%s, %s)', async (image, key) => {
    const { layer, content } = fixture.images[image];
    const found = await decrypt(
      layer,
      Buffer.from(content, 'base64'),
      fixture.keys[key],
    );
    expect(found.mediaType).toBe(mediaTypes.layerGzip);
    expect(digestOf(gunzipSync(found.content))).toBe(fixture.diffId);
    // skopeo packs and encrypts in one go, and names the layer that it was given.
    expect(found.digest).toBe(fixture.diffId);
  });

  it.each(['platform', 'other'] as const)(
    'does not read what skopeo encrypted for somebody else (%s)',
    async key => {
      const { layer, content } = fixture.images.one;
      await expect(
        decrypt(layer, Buffer.from(content, 'base64'), fixture.keys[key]),
      ).rejects.toMatchObject({ code: 'encryption-key' });
    },
  );

  it.each([target, platform])('gives each recipient the layer', async keys => {
    const { layer, content, diffId } = await encrypt();
    expect(layer.mediaType).toBe(`${mediaTypes.layer}+encrypted`);
    expect(layer.digest).toBe(digestOf(content));
    expect(content.includes('pages of memory')).toBe(false);
    const found = await decrypt(layer, content, keys.privateKey);
    expect(found.content.equals(archive)).toBe(true);
    expect(found.digest).toBe(diffId);
    expect(found.mediaType).toBe(mediaTypes.layer);
  });

  it('encrypts what has been packed', async () => {
    const { layer, content } = await encrypt('zstd');
    const found = await decrypt(layer, content, target.privateKey);
    expect(found.mediaType).toBe(mediaTypes.layerZstd);
    expect(digestOf(found.content)).toBe(found.digest);
    expect(found.content.length).toBeLessThan(archive.length / 2);
  });

  it('gives nobody else the layer', async () => {
    const { layer, content } = await encrypt();
    await expect(
      decrypt(layer, content, stranger.privateKey),
    ).rejects.toMatchObject({ code: 'encryption-key' });
  });

  it.each([0, 1_500_000, 2_999_999])(
    'notices one changed byte (%i)',
    async position => {
      const { layer, content } = await encrypt();
      content[position] ^= 1;
      await expect(
        decrypt(layer, content, target.privateKey),
      ).rejects.toMatchObject({ code: 'encryption-content' });
    },
  );

  it('notices a layer that was cut short', async () => {
    const { layer, content } = await encrypt();
    await expect(
      decrypt(layer, content.subarray(0, -1), target.privateKey),
    ).rejects.toMatchObject({ code: 'encryption-content' });
  });

  it.each([
    ['nothing', ''],
    ['no key', 'not a key'],
    ['a key for signing', makeSigningKeys().publicKey],
  ])('encrypts for RSA keys only, not for %s', (_, key) => {
    expect(() => new LayerCipher([key])).toThrow('Not a public RSA key');
  });
});
