import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';

/** What is packed for itself. Large enough for a good ratio, small enough that a few of them fit anywhere. */
export const PART_BYTES = 1024 * 1024;

/** The archive in parts of `PART_BYTES`; only the last is shorter. */
export async function* readParts(
  archive: string | Readable,
): AsyncGenerator<Buffer> {
  if (typeof archive === 'string') {
    yield* readFileParts(archive);
  } else {
    yield* cutStream(archive);
  }
}

async function* readFileParts(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const part = Buffer.allocUnsafeSlow(PART_BYTES);
      let length = 0;
      while (length < PART_BYTES) {
        const { bytesRead } = await file.read(
          part,
          length,
          PART_BYTES - length,
          null,
        );
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      if (length > 0) yield part.subarray(0, length);
      if (length < PART_BYTES) return;
    }
  } finally {
    await file.close();
  }
}

async function* cutStream(stream: Readable): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    let rest: Buffer = chunk;
    while (length + rest.length >= PART_BYTES) {
      const missing = PART_BYTES - length;
      yield Buffer.concat([...pending, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      pending = [];
      length = 0;
    }
    if (rest.length > 0) pending.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(pending);
}
