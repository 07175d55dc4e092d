import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { digestOf } from '../image/manifest';
import { Compression } from './compression';
import { LayerMaker } from './LayerMaker';

/** Odd in size, half of it compressible. */
const archive = Buffer.concat([
  randomBytes(5_000_001),
  Buffer.alloc(5_000_000, 'pages of memory '),
]);

const unpack: Record<Compression, (packed: Buffer) => Uint8Array> = {
  none: packed => packed,
  gzip: gunzipSync,
  zstd: decompress,
  auto: decompress,
};

async function make(
  compression: Compression,
  content: Buffer,
  pauseMs?: number,
) {
  const maker = new LayerMaker({
    archive: Readable.from([content], { objectMode: false }),
    compression,
    onBytes: () => undefined,
  });
  const parts: Buffer[] = [];
  for await (const part of maker.content()) {
    parts.push(part);
    if (pauseMs) await wait(pauseMs);
  }
  return { packed: Buffer.concat(parts), ...(await maker.describe()) };
}

describe('LayerMaker', () => {
  it.each(['none', 'gzip', 'zstd', 'auto'] as const)(
    'makes a layer that says of itself what is true (%s)',
    async compression => {
      const { packed, layer, diffId, archiveBytes } = await make(
        compression,
        archive,
      );
      expect(archiveBytes).toBe(archive.length);
      expect(diffId).toBe(digestOf(archive));
      expect(layer.size).toBe(packed.length);
      expect(layer.digest).toBe(digestOf(packed));
      const unpacked = Buffer.from(unpack[compression](packed));
      expect(unpacked.equals(archive)).toBe(true);
    },
  );

  it.each(['none', 'gzip', 'zstd', 'auto'] as const)(
    'takes an archive of nothing (%s)',
    async compression => {
      const { diffId, archiveBytes } = await make(compression, Buffer.alloc(0));
      expect(archiveBytes).toBe(0);
      expect(diffId).toBe(digestOf(Buffer.alloc(0)));
    },
  );

  it('packs by itself when the link is slow', async () => {
    const content = Buffer.alloc(24_000_000, 'pages of memory ');
    const slow = await make('auto', content, 60);
    expect(slow.layer.size).toBeLessThan(content.length / 2);
    expect(Buffer.from(decompress(slow.packed)).equals(content)).toBe(true);
  });
});
