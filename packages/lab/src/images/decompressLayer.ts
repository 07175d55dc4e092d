import { createReadStream, promises as fs } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';

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
    return connect(source, createZstdDecompress());
  }
  return source;
}

function connect(source: Readable, target: Transform): Readable {
  source.on('error', error => target.destroy(error));
  return source.pipe(target);
}

/** Not Node's own (22.15 and later): it ends with the first of several frames in a row (seen in 24.21), and a layer may have many. */
function createZstdDecompress(): Transform {
  const zstd = new Decompress();
  const run = (
    stream: Transform,
    chunk: Uint8Array,
    isLast: boolean,
    done: (error?: Error) => void,
  ) => {
    zstd.ondata = unpacked => stream.push(Buffer.from(unpacked));
    try {
      zstd.push(chunk, isLast);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  return new Transform({
    transform(chunk, _encoding, done) {
      run(this, chunk, false, done);
    },
    flush(done) {
      run(this, new Uint8Array(), true, done);
    },
  });
}
