import { endlessZstd } from '@cubemig/bytes/testUtils';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { decompressLayer } from './decompressLayer';

const folder = mkdtempSync(join(tmpdir(), 'layer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const content = Buffer.from('memory of a container\n'.repeat(40));
/** That content by `zstd -1`: two frames, one after the other, hold half of it each. */
const half = Buffer.from(
  'KLUv/QRI7QAAsG1lbW9yeSBvZiBhIGNvbnRhaW5lcgoBAD5TnU3X9F0E',
  'base64',
);

async function unpack(packed: Buffer): Promise<Buffer> {
  const file = join(folder, 'layer');
  writeFileSync(file, packed);
  return buffer(await decompressLayer(file));
}

describe('decompressLayer', () => {
  it.each([
    ['plain', content],
    ['gzip', gzipSync(content)],
    ['zstd', Buffer.concat([half, half])],
  ])(
    'tells by the first bytes what a layer is packed with (%s)',
    async (_, packed) => {
      expect((await unpack(packed)).toString()).toBe(content.toString());
    },
  );

  it.each([
    ['ends in something else', Buffer.concat([half, Buffer.from('damaged')])],
    ['would unpack for ever', Buffer.concat([half, endlessZstd()])],
    ['ends in the middle', gzipSync(content).subarray(0, 20)],
  ])('refuses a damaged layer that %s', async (_, packed) => {
    await expect(unpack(packed)).rejects.toThrow();
  });
});
