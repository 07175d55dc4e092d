import { promises as fs } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const CHUNK_BYTES = 64 * 1024;
const POLL_MS = 100;

/** What a client wants of a log (PodLogOptions). */
export interface LogOptions {
  follow: boolean;
  tailLines?: number;
  /** Lines before it are left out. */
  since?: Date;
  timestamps: boolean;
  limitBytes?: number;
}

/**
 * A container's log as a client sees it, from a file in the CRI format. With `follow` it goes on until `isAlive` says that nothing
 * more will come.
 */
export async function* readLog(
  path: string,
  options: LogOptions,
  isAlive: () => boolean,
): AsyncGenerator<Buffer> {
  const file = await fs.open(path, 'r');
  try {
    let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
    let position =
      options.tailLines === undefined
        ? 0
        : await findTail(file, options.tailLines);
    let rest = Buffer.alloc(0);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    while (left > 0) {
      // Asked before reading: what is written up to the end of the container is still read.
      const mayGrow = options.follow && isAlive();
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
      if (bytesRead === 0) {
        if (!mayGrow) {
          return;
        }
        await delay(POLL_MS);
        continue;
      }
      position += bytesRead;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf('\n') + 1;
      rest = Buffer.from(bytes.subarray(end));
      const text = formatLines(bytes.subarray(0, end), options).subarray(
        0,
        left,
      );
      left -= text.length;
      if (text.length > 0) {
        yield text;
      }
    }
  } finally {
    await file.close();
  }
}

function formatLines(lines: Buffer, { since, timestamps }: LogOptions): Buffer {
  const parts: Buffer[] = [];
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf('\n', start) + 1;
    const line = lines.subarray(start, end);
    start = end;
    // `<time> <stream> <F or P> <text>`
    const afterTime = line.indexOf(' ');
    const afterStream = line.indexOf(' ', afterTime + 1);
    const afterTag = line.indexOf(' ', afterStream + 1);
    if (afterTime < 0 || afterStream < 0 || afterTag < 0) {
      continue;
    }
    const time = line.toString('latin1', 0, afterTime);
    if (since && new Date(time) < since) {
      continue;
    }
    const isPart = line[afterStream + 1] === 'P'.charCodeAt(0);
    const text = line.subarray(
      afterTag + 1,
      isPart ? line.length - 1 : line.length,
    );
    parts.push(
      timestamps ? Buffer.concat([Buffer.from(`${time} `), text]) : text,
    );
  }
  return Buffer.concat(parts);
}

/** Where the last so many lines begin. */
async function findTail(file: fs.FileHandle, lines: number): Promise<number> {
  const { size } = await file.stat();
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let found = 0;
  for (let end = size; end > 0; ) {
    const start = Math.max(end - CHUNK_BYTES, 0);
    const { bytesRead } = await file.read(chunk, 0, end - start, start);
    for (let index = bytesRead - 1; index >= 0; index -= 1) {
      const isLineEnd = chunk[index] === 0x0a;
      // The line end of the last line begins nothing.
      if (isLineEnd && start + index < size - 1) {
        found += 1;
      }
      if (isLineEnd && (found === lines || lines === 0)) {
        return start + index + 1;
      }
    }
    end = start;
  }
  return lines === 0 ? size : 0;
}
