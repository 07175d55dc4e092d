import { formatAddress, formatBytes, hexdump, searchMemory } from '..';
import {
  fixtureNames,
  openChanged,
  openFixture,
  readFixture,
  makeImage,
} from '../__testUtils__';
import { Checkpoint } from '../report';
import { MemoryPattern } from './finders';
import { MemorySearchOptions } from './searchMemory';
import { ProcessMemory } from './ProcessMemory';

const START = 0x400000;
const PAGEMAP_MAGIC = 0x56084025;

async function find(
  memory: ProcessMemory,
  pattern: MemoryPattern,
  options?: MemorySearchOptions,
) {
  const found = [];
  for await (const match of searchMemory(memory, pattern, options)) {
    found.push(match);
  }
  return found;
}

/** Rows of a recorded table: columns are two or more blanks apart. */
function readRows(file: string): string[][] {
  return readFixture(file)
    .split('\n')
    .filter(line => /^[0-9a-f]/.test(line))
    .map(line => line.trim().split(/ {2,}/));
}

describe('memory', () => {
  it.each(fixtureNames)(
    'has the sizes in %s that checkpointctl tells',
    async name => {
      const { processes } = await openFixture(name);
      const rows = processes.map(p => [
        String(p.pid),
        p.command,
        formatBytes(p.memory_size),
        formatBytes(p.shared_memory_size),
      ]);
      const recorded = readRows(`${name}.memparse.txt`);
      expect(rows.sort()).toEqual(recorded.sort());
    },
  );

  it.each([
    ['a-counter', 's3cr3t-counter-token-42', 24],
    ['b-redis', 'RECOGNISABLE-VALUE-500', 24],
    ['e-attacked', 'hunter2', 24],
  ] as const)(
    'finds in %s what checkpointctl finds',
    async (name, text, context) => {
      const checkpoint = await openFixture(name);
      const recorded = readRows(`${name}.memparse-search.txt`);
      const memory = checkpoint.memoryOf(1);
      const byText = await find(memory, { text }, { context });
      expect(byText.map(m => formatAddress(m.address))).toEqual(
        recorded.map(([address]) => address),
      );
      const byRegex = await find(memory, { regex: text }, { context });
      expect(byRegex).toEqual(byText);
    },
  );

  it('shows the context that checkpointctl shows', async () => {
    const checkpoint = await openFixture('e-attacked');
    const [recorded] = readRows('e-attacked.memparse-search.txt');
    const [, text] = recorded;
    const context = text.indexOf('postgres');
    const matches = await find(
      checkpoint.memoryOf(1),
      { text: 'postgres://shop:hunter2@db.internal/shop' },
      { context },
    );
    expect(matches.map(m => m.text)).toContain(
      text.padEnd(40 + 2 * context, '?'),
    );
  });

  it('finds a match where two chunks meet, once', async () => {
    const chunk = 4 * 1024 * 1024;
    const pages = Buffer.alloc(3 * chunk, '.');
    pages.write('needle-1', chunk - 4);
    pages.write('needle-2', 2 * chunk - 8);
    pages.write('needle-3', 2 * chunk);
    const memory = await memoryOf(pages);
    for (const pattern of [
      { text: 'needle-' },
      { bytes: Buffer.from('needle-') },
      { regex: 'needle-' },
      { regex: 'needle-', timeoutMs: 60_000 },
    ]) {
      const found = await find(memory, pattern);
      expect(found.map(m => m.address - START)).toEqual([
        chunk - 4,
        2 * chunk - 8,
        2 * chunk,
      ]);
    }
  });

  it('gives the bytes as they are too', async () => {
    const pages = Buffer.alloc(4096);
    pages.set([1, 2, 0xca, 0xfe, 3], 0);
    const [match] = await find(
      await memoryOf(pages),
      { bytes: Buffer.of(0xca, 0xfe) },
      { context: 2 },
    );
    expect(match).toMatchObject({ length: 2, offset: 2 });
    expect(match.bytes).toEqual(Buffer.of(1, 2, 0xca, 0xfe, 3, 0));
  });

  it('stops a regular expression that takes too long', async () => {
    const memory = await memoryOf(Buffer.alloc(4096, 'a'));
    const pattern = { regex: '(a+)+b', timeoutMs: 100 };
    await expect(find(memory, pattern)).rejects.toThrow('takes too long');
  });

  it('does not count overlapping matches', async () => {
    const pages = Buffer.alloc(4096);
    pages.write('aaaaa', 10);
    const found = await find(await memoryOf(pages), { text: 'aa' });
    expect(found.map(m => m.address - START)).toEqual([10, 12]);
  });

  it('finds any of several texts', async () => {
    const pages = Buffer.alloc(4096);
    pages.write('one three two one', 10);
    const found = await find(await memoryOf(pages), {
      anyOf: ['one', 'two', 'three'],
    });
    expect(found.map(m => m.found)).toEqual(['one', 'three', 'two', 'one']);
  });

  it('hides a secret that the shown part cuts', async () => {
    const checkpoint = await openFixture('e-attacked');
    const mask = checkpoint.secretMask;
    const matches = await find(
      checkpoint.memoryOf(1),
      { text: 'postgres://shop:' },
      { context: 4, redact: bytes => mask.bytes(bytes) },
    );
    expect(matches.length).toBeGreaterThan(0);
    expect(matches.every(m => m.text.endsWith('shop:****'))).toBe(true);
  });

  it('dumps memory, repeated rows as a star', async () => {
    const pages = Buffer.alloc(4096);
    pages.write('hello', 0);
    const memory = await memoryOf(pages);
    const dump = async (compact: boolean) => {
      let text = '';
      for await (const piece of hexdump(memory, { compact })) {
        text += piece;
      }
      return text.split('\n');
    };
    expect(await dump(true)).toEqual([
      '0000000000400000  68 65 6c 6c 6f 00 00 00 00 00 00 00 00 00 00 00  |hello...........|',
      '0000000000400010  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  |................|',
      '*',
      '',
    ]);
    expect(await dump(false)).toHaveLength(257);
  });

  it('knows both names of the number of pages, and pages of a parent', async () => {
    const pages = Buffer.alloc(2 * 4096);
    pages.write('second', 4096);
    const memory = await memoryOf(pages, [
      { vaddr: START, compatNrPages: 1, flags: 4 },
      { vaddr: START + 0x10000, compatNrPages: 3, inParent: true },
      { vaddr: START + 0x20000, compatNrPages: 9, nrPages: 1 },
    ]);
    expect(memory.size).toBe(5 * 4096);
    expect(memory.read(START + 0x20000, START + 0x20006).toString()).toBe(
      'second',
    );
    expect(memory.read(START + 0x10000, START + 0x10002)).toEqual(
      Buffer.alloc(2),
    );
  });

  it('finds out about larger pages', async () => {
    const pages = Buffer.alloc(65536);
    pages.write('far', 60000);
    const memory = await memoryOf(pages, [{ vaddr: START, nrPages: 1 }]);
    expect(memory.size).toBe(65536);
    expect(memory.read(START + 60000, START + 60003).toString()).toBe('far');
  });
});

/** The memory of a process of a-counter, with other pages. */
async function memoryOf(
  pages: Buffer,
  entries: Record<string, unknown>[] = [
    { vaddr: START, nrPages: pages.length / 4096, flags: 4 },
  ],
): Promise<ProcessMemory> {
  const archive = await openChanged('a-counter', {
    'checkpoint/pagemap-1.img': makeImage(PAGEMAP_MAGIC, [
      ['PagemapHead', { pagesId: 1 }],
      ...entries.map((e): [string, Record<string, unknown>] => [
        'PagemapEntry',
        e,
      ]),
    ]),
    'checkpoint/pages-1.img': pages,
  });
  return new Checkpoint(archive).memoryOf(1);
}
