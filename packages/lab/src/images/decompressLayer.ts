import { createReadStream, promises as fs } from 'node:fs';
import type { Readable } from 'node:stream';
import * as zlib from 'node:zlib';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A layer as the tar it holds, whatever it is compressed with: told by its first bytes, as CRI-O does. */
export async function decompressLayer(file: string): Promise<Readable> {
  const start = Buffer.alloc(4);
  const handle = await fs.open(file, 'r');
  await handle.read(start, 0, start.length, 0).finally(() => handle.close());
  const source = createReadStream(file);
  if (start.subarray(0, GZIP.length).equals(GZIP)) {
    return connect(source, zlib.createGunzip());
  }
  if (start.equals(ZSTD)) {
    // Node has it from 22.15 on.
    const create = (zlib as { createZstdDecompress?: () => zlib.Gunzip })
      .createZstdDecompress;
    if (!create) {
      throw new Error(
        `zstd layers need Node 22.15 or newer, this is ${process.version}`,
      );
    }
    return connect(source, create());
  }
  return source;
}

function connect(source: Readable, target: zlib.Gunzip): Readable {
  source.on('error', error => target.destroy(error));
  return source.pipe(target);
}
