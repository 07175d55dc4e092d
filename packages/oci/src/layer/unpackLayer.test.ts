import { endlessZstd } from '@cubemig/bytes/testUtils';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { LayerMaker } from './LayerMaker';
import { unpackLayer } from './unpackLayer';

const TAR = 'application/vnd.oci.image.layer.v1.tar';

describe('unpackLayer', () => {
  it.each(['zstd', 'auto'] as const)(
    'reads all frames of a layer that was packed with %s',
    async compression => {
      const content = Buffer.concat([
        randomBytes(1_500_000),
        Buffer.alloc(3_000_000, 'pages of memory '),
      ]);
      const maker = new LayerMaker({
        archive: Readable.from([content]),
        compression,
        onBytes: () => undefined,
      });
      const packed = Readable.from(maker.content());
      const unpacked = unpackLayer(`${TAR}+zstd`, packed);
      expect((await buffer(unpacked)).equals(content)).toBe(true);
    },
  );

  it('reads what is plain or in gzip', async () => {
    const content = Buffer.alloc(300_000, 'pages');
    const plain = unpackLayer(TAR, Readable.from([content]));
    expect((await buffer(plain)).equals(content)).toBe(true);
    const packed = Readable.from([gzipSync(content)]);
    const unpacked = unpackLayer(`${TAR}+gzip`, packed);
    expect((await buffer(unpacked)).equals(content)).toBe(true);
  });

  it.each([
    ['+zstd', endlessZstd(), 'takes too long'],
    ['+zstd', Buffer.from('not zstd at all'), 'no zstd frame'],
    ['+gzip', Buffer.from('not gzip at all'), 'incorrect header'],
  ])('refuses a damaged layer (%s)', async (suffix, packed, message) => {
    const unpacked = unpackLayer(`${TAR}${suffix}`, Readable.from([packed]));
    await expect(buffer(unpacked)).rejects.toThrow(message);
  });
});
