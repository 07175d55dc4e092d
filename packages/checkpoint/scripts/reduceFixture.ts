/*
 * Makes a checkpoint small enough to be a fixture: zeroes all memory pages but those that hold arguments, environment or
 * one of the given texts. Sizes, names and all other files stay as they are.
 *
 *   node -r @backstage/cli/config/nodeTransform.cjs scripts/reduceFixture.ts IN.tar.gz OUT.tar.gz [TEXT...]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Archive, BufferSource, Checkpoint } from '../src';
import { toNumber } from '../src/criu';

const PAGE_BYTES = 4096;

async function reduce(from: string, to: string, texts: string[]) {
  const tar = gunzipSync(readFileSync(from));
  const archive = await Archive.fromSource(new BufferSource(from, tar));
  const checkpoint = new Checkpoint(archive);
  const kept = new Set<number>();
  for (const { pid } of checkpoint.processes) {
    const mm = checkpoint.images.mm(pid);
    const pagemap = checkpoint.images.pagemap(pid);
    if (!mm || !pagemap) {
      continue;
    }
    const start = toNumber(mm.mmArgStart);
    const end = toNumber(mm.mmEnvEnd);
    const pages = archive.find(
      checkpoint.images.pagesFile(pagemap.pagesId),
    )!.offset;
    for (const run of checkpoint.memoryOf(pid).runs) {
      for (let i = 0; i < run.bytes; i += PAGE_BYTES) {
        const address = run.start + i;
        if (address + PAGE_BYTES > start && address < end) {
          kept.add(pages + run.offset + i);
        }
      }
    }
  }
  for (const { name, offset, size } of archive.entries) {
    if (/^checkpoint\/pages-\d+\.img$/.test(name)) {
      for (let at = offset; at < offset + size; at += PAGE_BYTES) {
        const page = tar.subarray(at, at + PAGE_BYTES);
        if (!kept.has(at) && !texts.some(text => page.includes(text))) {
          page.fill(0);
        }
      }
    }
  }
  writeFileSync(to, gzipSync(tar, { level: 9 }));
}

const [from, to, ...texts] = process.argv.slice(2);
reduce(from, to, texts);
