import { createWriteStream, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { Archive, BufferSource } from '../src';
import { messageType } from '../src/criu/messages';

const PAGE_BYTES = 4096;
const CHUNK_BYTES = 1024 * 1024;
/** Far from everything that the fixture's process has. */
const HEAP_START = 0x10_0000_0000;

/** The attacked shop, unpacked: 10 MiB. */
export function smallArchive(): Buffer {
  return gunzipSync(
    readFileSync(join(__dirname, '../src/__fixtures__/e-attacked.tar.gz')),
  );
}

/** Writes the attacked shop with a heap of so many bytes more, of which a third cannot be compressed. */
export async function writeArchive(path: string, heapBytes: number) {
  const archive = await Archive.fromSource(
    new BufferSource('fixture', smallArchive()),
  );
  const packer = pack();
  const file = createWriteStream(path);
  packer.pipe(file);
  for (const entry of archive.entries) {
    const { name, type, mode, size } = entry;
    if (type === 'directory') {
      packer.entry({ name, type, mode });
      continue;
    }
    const content = archive.read(name, size);
    if (name === 'checkpoint/pagemap-1.img') {
      packer.entry({ name, mode }, withHeap(content, heapBytes));
    } else if (name === 'checkpoint/pages-1.img') {
      const sink = packer.entry({ name, mode, size: size + heapBytes });
      sink.write(content);
      for (let done = 0; done < heapBytes; done += CHUNK_BYTES) {
        const chunk = heapChunk(done);
        if (!sink.write(chunk.subarray(0, heapBytes - done))) {
          await once(sink, 'drain');
        }
      }
      sink.end();
      await finished(sink);
    } else {
      packer.entry({ name, mode }, content);
    }
  }
  packer.finalize();
  await finished(file);
}

function withHeap(pagemap: Buffer, heapBytes: number): Buffer {
  const type = messageType('PagemapEntry');
  const pages = heapBytes / PAGE_BYTES;
  const body = type
    .encode(
      type.create({
        vaddr: HEAP_START,
        compatNrPages: pages,
        flags: 4,
        nrPages: pages,
      }),
    )
    .finish();
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([pagemap, length, body]);
}

function heapChunk(position: number): Buffer {
  const chunk = Buffer.alloc(CHUNK_BYTES, `object ${position} `);
  const seed = createHash('sha512').update(String(position)).digest();
  for (let i = 0; i < CHUNK_BYTES / 3; i += seed.length) {
    seed.copy(chunk, i);
    seed.writeUInt32LE((seed.readUInt32LE(0) * 1103515245 + 12345) >>> 0, 0);
  }
  return chunk;
}
