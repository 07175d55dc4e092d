import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogOptions, readLog } from './readLog';

describe('readLog', () => {
  let directory: string;
  let path: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'log-'));
    path = join(directory, '0.log');
    writeFileSync(
      path,
      [0, 1, 2, 3]
        .map(
          n => `2026-11-23T00:22:3${n}.000000000+00:00 stdout F count ${n}\n`,
        )
        .join(''),
    );
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  async function read(options: Partial<LogOptions> = {}) {
    const chunks: Buffer[] = [];
    const all = { follow: false, timestamps: false, ...options };
    for await (const chunk of readLog(path, all, () => false)) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  }

  it('gives the lines without what the runtime puts before them', async () => {
    expect(await read()).toBe('count 0\ncount 1\ncount 2\ncount 3\n');
  });

  it('joins what the runtime has cut', async () => {
    writeFileSync(path, 'T stdout P one \nT stdout F line\n');

    expect(await read()).toBe('one line\n');
  });

  it.each([
    [{ tailLines: 1 }, 'count 3\n'],
    [{ tailLines: 3 }, 'count 1\ncount 2\ncount 3\n'],
    [{ tailLines: 99 }, 'count 0\ncount 1\ncount 2\ncount 3\n'],
    [{ tailLines: 0 }, ''],
    [{ since: new Date('2026-11-23T00:22:32Z') }, 'count 2\ncount 3\n'],
    [{ limitBytes: 10 }, 'count 0\nco'],
    [
      { tailLines: 1, timestamps: true },
      '2026-11-23T00:22:33.000000000+00:00 count 3\n',
    ],
  ])('understands %j', async (options, text) => {
    expect(await read(options)).toBe(text);
  });

  it('follows until the container has ended, and misses nothing of it', async () => {
    let isAlive = true;
    const log = readLog(
      path,
      { follow: true, timestamps: false, tailLines: 1 },
      () => isAlive,
    );

    expect((await log.next()).value?.toString()).toBe('count 3\n');
    const next = log.next();
    appendFileSync(path, 'T stdout F last word\n');
    expect((await next).value?.toString()).toBe('last word\n');
    isAlive = false;
    expect((await log.next()).done).toBe(true);
  });
});
