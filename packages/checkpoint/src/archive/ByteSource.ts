import { fstatSync, openSync, closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { ArchiveError } from './ArchiveError';

/** Bytes that can be read at any place. */
export interface ByteSource {
  /** For messages. */
  readonly name: string;
  readonly size: number;
  /** Reads up to `length` bytes; fewer only where the source ends. The buffer may be reused: copy what is kept. */
  readAt(offset: number, length: number): Buffer;
  close(): void;
}

/** Small reads come from a window of this size, so that walking over tar headers costs few system calls. */
const WINDOW_BYTES = 32 * 1024;

/** A file, by its descriptor. */
export class FileSource implements ByteSource {
  readonly size: number;
  private window = Buffer.alloc(0);
  private windowOffset = 0;
  private isOpen = true;

  constructor(readonly name: string, private readonly descriptor: number) {
    this.size = fstatSync(descriptor).size;
  }

  static open(path: string): FileSource {
    let descriptor: number;
    try {
      descriptor = openSync(path, 'r');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const problem =
        { ENOENT: 'no such file', EACCES: 'permission denied' }[code ?? ''] ??
        (error as Error).message;
      throw new ArchiveError(path, problem);
    }
    if (!fstatSync(descriptor).isFile()) {
      closeSync(descriptor);
      throw new ArchiveError(path, 'not a regular file');
    }
    return new FileSource(basename(path), descriptor);
  }

  readAt(offset: number, length: number): Buffer {
    if (length > WINDOW_BYTES / 8) {
      return this.read(offset, length);
    }
    const end = Math.min(offset + length, this.size);
    const windowEnd = this.windowOffset + this.window.length;
    if (offset < this.windowOffset || end > windowEnd) {
      this.window = this.read(offset, WINDOW_BYTES);
      this.windowOffset = offset;
    }
    const start = offset - this.windowOffset;
    return this.window.subarray(start, start + length);
  }

  close(): void {
    if (this.isOpen) {
      this.isOpen = false;
      closeSync(this.descriptor);
    }
  }

  private read(offset: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const buffer = Buffer.allocUnsafe(wanted);
    let done = 0;
    while (done < wanted) {
      const count = readSync(
        this.descriptor,
        buffer,
        done,
        wanted - done,
        offset + done,
      );
      if (count === 0) {
        return buffer.subarray(0, done);
      }
      done += count;
    }
    return buffer;
  }
}

/** Bytes in memory. */
export class BufferSource implements ByteSource {
  constructor(readonly name: string, private readonly buffer: Buffer) {}

  get size(): number {
    return this.buffer.length;
  }

  readAt(offset: number, length: number): Buffer {
    return this.buffer.subarray(offset, offset + length);
  }

  close(): void {}
}

/** A part of another source, which stays its owner's to close. */
export class SliceSource implements ByteSource {
  constructor(
    readonly name: string,
    private readonly source: ByteSource,
    private readonly start: number,
    readonly size: number,
  ) {}

  readAt(offset: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    return this.source.readAt(this.start + offset, wanted);
  }

  close(): void {}
}

const CHUNK_BYTES = 1024 * 1024;

/** A source from start to end, in chunks; lets the event loop run in between. */
export async function* readChunks(
  source: ByteSource,
  chunkBytes: number = CHUNK_BYTES,
): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < source.size; offset += chunkBytes) {
    const chunk = source.readAt(offset, chunkBytes);
    if (chunk.length === 0) {
      return;
    }
    yield chunk;
    await new Promise(resolve => setImmediate(resolve));
  }
}
