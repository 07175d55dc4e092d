import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import {
  fixtureNames,
  fixturePath,
  makeTar,
  openBytes,
} from '../__testUtils__';
import { defaultLimits } from './limits';
import { streamTar } from './streamTar';

class Bytes {
  position = 0;

  constructor(private readonly bytes: Buffer) {}

  async isAtEnd() {
    return this.position >= this.bytes.length;
  }

  async read(length: number) {
    if (this.position + length > this.bytes.length) throw new Error('ends');
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }
}

const stream = (source: Bytes, limits = defaultLimits) =>
  streamTar('test.tar', source, limits);

async function list(tar: Buffer, limits = defaultLimits) {
  const names: string[] = [];
  for await (const { entry } of stream(new Bytes(tar), limits)) {
    names.push(entry.name);
  }
  return names;
}

describe('streamTar', () => {
  it.each(fixtureNames)('sees in %s what is there', async name => {
    const tar = gunzipSync(readFileSync(fixturePath(`${name}.tar.gz`)));
    const archive = await openBytes(tar);
    const entries = [];
    for await (const { entry, content } of stream(new Bytes(tar))) {
      const chunks = [];
      for await (const chunk of content) chunks.push(chunk);
      entries.push(entry);
      const known = archive.find(entry.name);
      const expected =
        known?.type === 'file'
          ? archive.entryContent(known).readAt(0, known.size)
          : Buffer.alloc(0);
      expect(Buffer.concat(chunks).equals(expected)).toBe(true);
    }
    const named = entries.filter(entry => entry.name && entry.name !== '.');
    expect(named).toEqual(archive.entries);
  });

  it('gives headers and contents of which an archive can be made again', async () => {
    const long = `${'folder/'.repeat(40)}file`;
    const tar = await makeTar([
      { name: long, content: 'one' },
      { name: 'two', content: 'x'.repeat(700) },
      { name: 'three', content: 'three' },
    ]);
    const parts: Buffer[] = [];
    for await (const { entry, header, content } of stream(new Bytes(tar))) {
      if (entry.name === 'two') continue;
      parts.push(header);
      for await (const piece of content) parts.push(piece, Buffer.alloc(509));
    }
    // Both contents fill a block but for some bytes.
    parts[parts.length - 1] = Buffer.alloc(507);
    const made = await openBytes(Buffer.concat([...parts, Buffer.alloc(1024)]));
    expect(made.read(long, 10).toString()).toBe('one');
    expect(made.read('three', 10).toString()).toBe('three');
    expect(made.entries).toHaveLength(2);
  });

  it('reads to the end of what comes after the archive', async () => {
    const tar = await makeTar([{ name: 'file', content: 'content' }]);
    const source = new Bytes(Buffer.concat([tar, Buffer.alloc(10_240)]));
    for await (const _ of stream(source)) {
      // Jumped over.
    }
    expect(await source.isAtEnd()).toBe(true);
  });

  it('refuses what is damaged, cut or too much', async () => {
    const tar = await makeTar([
      { name: 'file', content: 'x'.repeat(2000) },
      { name: 'other', content: '' },
    ]);
    await expect(list(tar.subarray(0, 1500))).rejects.toThrow('ends');
    await expect(list(tar.subarray(0, 2560))).rejects.toThrow('before its end');
    await expect(list(Buffer.alloc(2048, 'x'))).rejects.toThrow('not a tar');
    await expect(list(tar, { ...defaultLimits, entries: 1 })).rejects.toThrow(
      'more than 1 entries',
    );
    const pax = { name: 'f', pax: { comment: 'x'.repeat(2_000_000) } };
    await expect(list(await makeTar([pax]))).rejects.toThrow('too long');
  });
});
