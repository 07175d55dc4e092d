import { createReadStream, promises as fs } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { unpackZstd } from '@cubemig/bytes';

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A layer as the tar it holds, whatever it is compressed with: told by its first bytes, as CRI-O does. */
export async function decompressLayer(file: string): Promise<Readable> {
  const start = Buffer.alloc(4);
  const handle = await fs.open(file, 'r');
  await handle.read(start, 0, start.length, 0).finally(() => handle.close());
  const source = createReadStream(file);
  if (start.subarray(0, GZIP.length).equals(GZIP)) {
    return pipeline(source, zlib.createGunzip(), () => {
      // A failure reaches the reader as the stream's error.
    });
  }
  if (start.equals(ZSTD)) {
    return Readable.from(unpackZstd(source), { objectMode: false });
  }
  return source;
}
