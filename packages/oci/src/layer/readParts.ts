import { FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { joinParts } from './joinParts';
import { PART_BYTES, PartPool } from './PartPool';

/** The archive in parts of `PART_BYTES`; only the last is shorter. To be given back to the pool. */
export async function* readParts(
  archive: string | Readable,
  pool: PartPool,
): AsyncGenerator<Buffer> {
  if (typeof archive === 'string') {
    yield* readFileParts(archive, pool);
  } else {
    yield* joinParts(archive, pool);
  }
}

async function* readFileParts(
  path: string,
  pool: PartPool,
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  let next = readPart(file, pool);
  try {
    for (;;) {
      const part = await next;
      if (part.length < PART_BYTES) {
        if (part.length > 0) yield part;
        return;
      }
      // Read while this one is worked on.
      next = readPart(file, pool);
      next.catch(() => undefined);
      yield part;
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}

async function readPart(file: FileHandle, pool: PartPool): Promise<Buffer> {
  const part = pool.take().subarray(0, PART_BYTES);
  let length = 0;
  while (length < PART_BYTES) {
    const { bytesRead } = await file.read(part, length, PART_BYTES - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return part.subarray(0, length);
}
