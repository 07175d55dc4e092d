import { Decompress } from 'fzstd';
import { ByteReader } from './ByteReader';

const FRAME_MAGIC = 0xfd2fb528;
/** Frames for other readers (RFC 8878, section 3.1.2): sixteen magics that differ in the last digit. */
const SKIPPABLE_MAGIC = 0x184d2a50;
/** A block's size is at most this much (RFC 8878, section 3.1.1.2.3). */
const MAX_BLOCK_BYTES = 128 * 1024;
/** zstd's own programs refuse more too, unless they are told otherwise. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

/**
 * Unpacks zstd, any number of frames; Node's own decompressor stops after the first. A few bytes may unpack to gigabytes, so it goes
 * block by block, and no further than the reader does.
 */
export async function* unpackZstd(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const input = new ByteReader(source);
  try {
    while (!(await input.isAtEnd())) {
      const magic = (await input.read(4)).readUInt32LE();
      if (magic === FRAME_MAGIC) {
        yield* unpackFrame(input);
      } else if (magic - (magic % 16) === SKIPPABLE_MAGIC) {
        await skip(input, (await input.read(4)).readUInt32LE());
      } else {
        throw new Error('Not zstd data');
      }
    }
  } finally {
    await input.close();
  }
}

async function* unpackFrame(input: ByteReader): AsyncGenerator<Buffer> {
  const unpacked: Buffer[] = [];
  const decompress = new Decompress(piece => {
    if (piece.length > 0) unpacked.push(Buffer.from(piece));
  });
  const header = await readFrameHeader(input);
  decompress.push(new Uint8Array(header.bytes));
  for (let isLast = false; !isLast; ) {
    const block = await input.read(3);
    const fields = block.readUIntLE(0, 3);
    isLast = fields % 2 === 1;
    if (fields >> 3 > MAX_BLOCK_BYTES) {
      throw new Error('The zstd data have a block that is too large');
    }
    const isRepeatedByte = ((fields >> 1) & 3) === 1;
    const content = await input.read(isRepeatedByte ? 1 : fields >> 3);
    // The checksum is not looked at, by that library neither: the layer has a digest.
    const checksum =
      isLast && header.hasChecksum ? await input.read(4) : Buffer.alloc(0);
    const pieces = [block, content, checksum];
    decompress.push(new Uint8Array(Buffer.concat(pieces)), isLast);
    yield* unpacked.splice(0);
  }
}

async function skip(input: ByteReader, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; left -= MAX_BLOCK_BYTES) {
    await input.read(Math.min(left, MAX_BLOCK_BYTES));
  }
}

/** RFC 8878, section 3.1.1.1: all of the header that comes after the magic. */
async function readFrameHeader(input: ByteReader) {
  const first = await input.read(1);
  const [descriptor] = first;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const window = await input.read(isSingleSegment ? 0 : 1);
  const dictionary = await input.read([0, 1, 2, 4][descriptor & 3]);
  const size = await input.read(
    [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6],
  );
  const windowBytes = isSingleSegment ? readSize(size) : readWindow(window[0]);
  if (windowBytes > MAX_WINDOW_BYTES) {
    throw new Error(`The zstd data need a window of ${windowBytes} bytes`);
  }
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(FRAME_MAGIC);
  return {
    bytes: Buffer.concat([magic, first, window, dictionary, size]),
    hasChecksum: (descriptor & 4) !== 0,
  };
}

function readSize(field: Buffer): number {
  switch (field.length) {
    case 1:
      return field[0];
    case 2:
      return field.readUInt16LE() + 256;
    case 4:
      return field.readUInt32LE();
    default:
      return Number(field.readBigUInt64LE());
  }
}

function readWindow(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}
