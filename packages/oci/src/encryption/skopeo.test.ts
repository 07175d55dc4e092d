import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { digestOf, mediaTypes } from '../image/manifest';
import { LayerMaker } from '../layer';
import { makeEncryptionKeys } from '../__testUtils__/keys';

const archive = Buffer.alloc(3_000_000, 'pages of memory ');
const target = makeEncryptionKeys();
const platform = makeEncryptionKeys();
const folder = mkdtempSync(join(tmpdir(), 'skopeo-'));
const hasSkopeo = !spawnSync('skopeo', ['--version']).error;

afterAll(() => rmSync(folder, { recursive: true }));

/** An encrypted image in a folder, as OCI lays it out. Returns the manifest's layer. */
async function writeImage() {
  const maker = new LayerMaker({
    archive: Readable.from([archive]),
    compression: 'none',
    recipients: [target.publicKey, platform.publicKey],
    onBytes: () => undefined,
  });
  const content = await buffer(maker.content());
  const { layer, diffId } = await maker.describe();
  const blobs = join(folder, 'ours/blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (blob: Buffer) => {
    const digest = digestOf(blob);
    writeFileSync(join(blobs, digest.slice(7)), blob);
    return { digest, size: blob.length };
  };
  const putJson = (value: object) => put(Buffer.from(JSON.stringify(value)));
  put(content);
  const config = putJson({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [diffId] },
  });
  const manifest = putJson({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, ...config },
    layers: [layer],
  });
  const manifests = [{ mediaType: mediaTypes.manifest, ...manifest }];
  const index = { schemaVersion: 2, manifests };
  writeFileSync(join(folder, 'ours/index.json'), JSON.stringify(index));
  writeFileSync(
    join(folder, 'ours/oci-layout'),
    JSON.stringify({ imageLayoutVersion: '1.0.0' }),
  );
  return layer;
}

/** What skopeo makes of that image with a private key: the layer, or undefined if it refuses. */
function decryptBySkopeo(privateKey: string): Buffer | undefined {
  const key = join(folder, 'key.pem');
  const out = join(folder, 'decrypted');
  writeFileSync(key, privateKey);
  rmSync(out, { recursive: true, force: true });
  const { status } = spawnSync('skopeo', [
    ...['--insecure-policy', 'copy', '--decryption-key', key],
    ...[`oci:${join(folder, 'ours')}`, `dir:${out}`],
  ]);
  if (status !== 0) return undefined;
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  return readFileSync(join(out, manifest.layers[0].digest.slice(7)));
}

describe('an image that was encrypted here', () => {
  it('says what OCI image encryption wants it to say', async () => {
    const { mediaType, annotations } = await writeImage();
    expect(mediaType).toBe('application/vnd.oci.image.layer.v1.tar+encrypted');
    const read = (name: string) =>
      JSON.parse(Buffer.from(annotations![name], 'base64').toString());
    expect(read('org.opencontainers.image.enc.pubopts')).toEqual({
      cipher: 'AES_256_CTR_HMAC_SHA256',
      hmac: expect.any(String),
      cipheroptions: {},
    });
    const { recipients } = read('org.opencontainers.image.enc.keys.jwe');
    expect(recipients).toHaveLength(2);
  });

  // Not every machine has skopeo; ../encryption/__fixtures__ stands for it where it is missing.
  if (hasSkopeo) {
    it('is decrypted by skopeo, for its recipients and nobody else', async () => {
      await writeImage();
      for (const { privateKey } of [target, platform]) {
        expect(decryptBySkopeo(privateKey)?.equals(archive)).toBe(true);
      }
      expect(decryptBySkopeo(makeEncryptionKeys().privateKey)).toBeUndefined();
    });
  }
});
