import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { LayerMaker } from './LayerMaker';
import { storeFrame } from './storedFrame';
import { unpackZstd } from './unpackZstd';

const unpack = (packed: Buffer, chunkBytes = 1000) => {
  const chunks = [];
  for (let i = 0; i < packed.length; i += chunkBytes) {
    chunks.push(packed.subarray(i, i + chunkBytes));
  }
  return buffer(unpackZstd(Readable.from(chunks)));
};

const frame = (content: Buffer) =>
  storeFrame(content, Buffer.alloc(content.length + 64));

describe('unpackZstd', () => {
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
      const packed = await buffer(maker.content());
      expect((await unpack(packed, 77_777)).equals(content)).toBe(true);
    },
  );

  it('jumps over frames for other readers', async () => {
    const skippable = Buffer.from('5a2a4d1803000000ffffff', 'hex');
    const packed = Buffer.concat([skippable, frame(Buffer.from('content'))]);
    expect((await unpack(packed, 3)).toString()).toBe('content');
  });

  it('unpacks no more than the reader takes', async () => {
    // One block that says: the same byte, 128 KiB of it. Ten thousand of them are a gigabyte.
    const header = Buffer.from('28b52ffd0048', 'hex');
    const block = Buffer.from('02001000', 'hex');
    const bomb = Buffer.concat([header, ...Array(10_000).fill(block)]);
    const reader = unpackZstd(Readable.from([bomb]));
    for (let read = 0; read < 1024 * 1024; ) {
      read += (await reader.next()).value.length;
    }
    await reader.return(undefined);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(300_000_000);
  });

  it.each([
    ['what is no zstd', Buffer.from('not zstd at all'), 'Not zstd'],
    ['data that end too early', frame(randomBytes(99)).subarray(0, 50), 'end'],
    [
      'a window of a gigabyte',
      Buffer.from('28b52ffd00a0010000', 'hex'),
      'window of 1073741824',
    ],
    ['a block that is too large', Buffer.from('28b52ffd0048f9ffff', 'hex'), ''],
  ])('refuses %s', async (_, packed, message) => {
    await expect(unpack(packed)).rejects.toThrow(message);
  });
});
