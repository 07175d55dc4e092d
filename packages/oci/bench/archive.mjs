import { createWriteStream } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { finished } from 'node:stream/promises';

const MIB = 1024 * 1024;

/** Writes a tar that looks like a checkpoint: one file of memory, a third of it random, the rest as structured as a heap. */
export async function makeArchive(path, mebibytes) {
  const out = createWriteStream(path);
  const write = chunk =>
    out.write(chunk) || new Promise(resolve => out.once('drain', resolve));
  await write(header('checkpoint/pages-1.img', mebibytes * MIB));
  for (let index = 0; index < mebibytes; index++) {
    await write(
      index % 3 === 0 ? randomBytes(MIB) : heap(index * 7919, index % 3),
    );
  }
  out.end(Buffer.alloc(1024));
  await finished(out);
}

/** A MiB of records, or of small objects that refer to each other: neither repeats itself from one to the next. */
function heap(seed, kind) {
  const page = Buffer.alloc(MIB);
  let state = seed;
  let position = 0;
  while (position < MIB - 64) {
    state = (state * 1103515245 + 12345) % 2147483648;
    if (kind === 1) {
      position += page.write(
        `{"id":${position + seed},"user":"name-${state % 5000}","n":${state}}`,
        position,
      );
    } else {
      page.writeUInt32LE(1, position);
      page.writeUInt32LE(0x7f3a, position + 8);
      page.writeUInt32LE(state, position + 16);
      position += 48;
    }
  }
  return page;
}

function header(name, size) {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
