import { setImmediate } from 'node:timers/promises';
import { Decompress } from 'fzstd';
import { ByteReader } from './ByteReader';
import { Patience } from './Patience';
import {
  readSkippableBytes,
  readZstdBlockHeader,
  readZstdFrameHeader,
  ZSTD_BLOCK_HEADER_BYTES,
  ZSTD_HEADER_BYTES,
  ZstdFrameHeader,
} from './zstdHeaders';

/** A block's size is at most this much (RFC 8878, 3.1.1.2.3). */
const MAX_BLOCK_BYTES = 128 * 1024;
/** What the zstd program takes unless it is told otherwise. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
/** How long other work may have to wait for the event loop; a single slow block may take longer. */
const TURN_MS = 50;

/**
 * Unpacks zstd, any number of frames; Node's own decompressor stops after the first. A few bytes may unpack to gigabytes, so it goes
 * block by block, and no further than the reader does.
 *
 * @throws Error if the data are damaged, ask for too much memory, or take unreasonably long
 */
export async function* unpackZstd(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const input = new ByteReader(source);
  const patience = new Patience();
  let turnEnd = performance.now() + TURN_MS;
  try {
    while (!(await input.isAtEnd())) {
      const head = await input.peek(ZSTD_HEADER_BYTES);
      const skippedBytes = readSkippableBytes(head);
      if (skippedBytes > 0) {
        await skip(input, skippedBytes);
        continue;
      }
      const header = readZstdFrameHeader(head);
      if (!header) {
        throw new Error(`no zstd frame at byte ${input.position}`);
      }
      for await (const piece of unpackFrame(input, header, patience)) {
        yield piece;
        if (performance.now() > turnEnd) {
          await setImmediate();
          turnEnd = performance.now() + TURN_MS;
        }
      }
    }
  } finally {
    await input.close();
  }
}

async function* unpackFrame(
  input: ByteReader,
  { bytes, windowBytes, checksumBytes }: ZstdFrameHeader,
  patience: Patience,
): AsyncGenerator<Buffer> {
  if (windowBytes > MAX_WINDOW_BYTES) {
    throw new Error(`zstd frame with a window of ${windowBytes} bytes`);
  }
  const unpacked: Buffer[] = [];
  const frame = new Decompress(piece => {
    if (piece.length > 0) unpacked.push(Buffer.from(piece));
  });
  let frameHeader = await input.read(bytes);
  for (let isLast = false; !isLast; ) {
    const { position } = input;
    const header = await input.read(ZSTD_BLOCK_HEADER_BYTES);
    const block = readZstdBlockHeader(header);
    isLast = block.isLast;
    if (block.contentBytes > MAX_BLOCK_BYTES) {
      throw new Error(`zstd block that is too large (at byte ${position})`);
    }
    const content = await input.read(block.contentBytes);
    // The checksum is not looked at, by that library neither.
    const checksum = await input.read(isLast ? checksumBytes : 0);
    const piece = new Uint8Array(
      Buffer.concat([frameHeader, header, content, checksum]),
    );
    frameHeader = Buffer.alloc(0);
    if (!patience.lastsFor(() => frame.push(piece, isLast))) {
      throw new Error(`its zstd data takes too long (at byte ${position})`);
    }
    for (const part of unpacked.splice(0)) {
      patience.grow(part.length);
      yield part;
    }
  }
}

async function skip(input: ByteReader, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; left -= MAX_BLOCK_BYTES) {
    await input.read(Math.min(left, MAX_BLOCK_BYTES));
  }
}
