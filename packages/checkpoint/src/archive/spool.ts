import {
  closeSync,
  ftruncateSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveError } from './ArchiveError';
import { ByteSource, FileSource } from './ByteSource';
import { decompress } from './compression';

export interface Spooled {
  source: ByteSource;
  /** Why the input ended before its time; what came before is in `source`. */
  damage?: string;
}

const ZEROES = Buffer.alloc(64 * 1024);

export interface SpoolOptions {
  maxBytes: number;
  /** The system's folder for temporary files by default. */
  directory?: string;
}

/**
 * Unpacks a source into a temporary file, so that it can be read at any place. The file has no name any more when this
 * returns: nothing stays behind, however the program ends. Runs of zeroes take no room.
 *
 * @throws {@link ArchiveError} if it holds more than `maxBytes`, or nothing that can be unpacked
 */
export async function spoolUnpacked(
  source: ByteSource,
  compression: 'gzip' | 'zstd',
  options: SpoolOptions,
): Promise<Spooled> {
  return spool(source.name, options, write =>
    decompress(source, compression, write),
  );
}

/** As {@link spoolUnpacked}, a stream as it is. */
export async function spoolStream(
  name: string,
  stream: AsyncIterable<Buffer>,
  options: SpoolOptions,
): Promise<Spooled> {
  return spool(name, options, async write => {
    for await (const piece of stream) {
      write(piece);
    }
  });
}

async function spool(
  name: string,
  { maxBytes, directory = tmpdir() }: SpoolOptions,
  fill: (write: (piece: Buffer) => void) => Promise<void>,
): Promise<Spooled> {
  const path = join(directory, `cubemig-${randomBytes(12).toString('hex')}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  unlinkSync(path);

  let size = 0;
  let damage: string | undefined;
  try {
    await fill(piece => {
      if (size + piece.length > maxBytes) {
        throw new ArchiveError(
          name,
          `unpacks to more than the limit of ${maxBytes} bytes`,
        );
      }
      writeSparsely(descriptor, piece, size);
      size += piece.length;
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC';
    if (error instanceof ArchiveError || isFull || size === 0) {
      closeSync(descriptor);
      if (error instanceof ArchiveError) {
        throw error;
      }
      throw new ArchiveError(
        name,
        isFull
          ? `no room to unpack it in ${directory}: set TMPDIR to a larger place`
          : `cannot be unpacked: ${message}`,
      );
    }
    damage = `damaged after ${size} unpacked bytes: ${message}`;
  }
  ftruncateSync(descriptor, size);
  return { source: new FileSource(name, descriptor), damage };
}

function writeSparsely(descriptor: number, piece: Buffer, offset: number) {
  const isZero =
    piece.length <= ZEROES.length &&
    piece.equals(ZEROES.subarray(0, piece.length));
  let done = isZero ? piece.length : 0;
  while (done < piece.length) {
    done += writeSync(
      descriptor,
      piece,
      done,
      piece.length - done,
      offset + done,
    );
  }
}
