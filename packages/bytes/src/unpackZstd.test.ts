import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { endlessZstd, greedyZstd, zstdBomb } from './__testUtils__';
import { unpackZstd } from './unpackZstd';

const unpack = (packed: Buffer, chunkBytes = 1000) => {
  const chunks = [];
  for (let i = 0; i < packed.length; i += chunkBytes) {
    chunks.push(packed.subarray(i, i + chunkBytes));
  }
  return buffer(unpackZstd(Readable.from(chunks)));
};

/** By `zstd -1`: a block of copies, and a checksum. */
const text = Buffer.from('memory of a container\n'.repeat(20));
const packedText = Buffer.from(
  'KLUv/QRI7QAAsG1lbW9yeSBvZiBhIGNvbnRhaW5lcgoBAD5TnU3X9F0E',
  'base64',
);

describe('unpackZstd', () => {
  it('reads all frames, and jumps over those for other readers', async () => {
    const skippable = Buffer.from('5a2a4d1803000000ffffff', 'hex');
    const packed = Buffer.concat([packedText, skippable, packedText]);
    const expected = Buffer.concat([text, text]).toString();
    for (const chunkBytes of [1, 3, 1000]) {
      expect((await unpack(packed, chunkBytes)).toString()).toBe(expected);
    }
  });

  it('unpacks no more than the reader takes', async () => {
    const reader = unpackZstd(Readable.from([zstdBomb(10_000)]));
    for (let read = 0; read < 1024 * 1024; ) {
      read += (await reader.next()).value.length;
    }
    await reader.return(undefined);
    expect(process.memoryUsage().arrayBuffers).toBeLessThan(300_000_000);
  });

  it('lets other work go on meanwhile', async () => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    turn();
    for await (const piece of unpackZstd(Readable.from([zstdBomb(4_000)]))) {
      expect(piece.length).toBeGreaterThan(0);
    }
    isOver = true;
    expect(turns).toBeGreaterThan(2);
  });

  it.each([
    ['what is no zstd', Buffer.from('not zstd at all'), 'no zstd frame at'],
    ['data that end too early', packedText.subarray(0, 30), 'end'],
    ['a window of a terabyte', greedyZstd(), 'window of 1099511627776 bytes'],
    [
      'a block that is too large',
      Buffer.from('28b52ffd0048f9ffff', 'hex'),
      'too large (at byte 6)',
    ],
    [
      'copies without end, after what is good',
      Buffer.concat([packedText, endlessZstd()]),
      `takes too long (at byte ${packedText.length + 6})`,
    ],
  ])('refuses %s', async (_, packed, message) => {
    await expect(unpack(packed)).rejects.toThrow(message);
  });
});
