import { EventEmitter, once } from 'node:events';
import { GroupCommit, OverloadedError } from './GroupCommit';
import { identify } from './identify';
import { parseAlerts } from './parseAlerts';
import { splitArray } from './splitArray';
import { TokenBucket } from './TokenBucket';
import { fc } from '../../__testUtils__/fc';

describe('splitArray', () => {
  it('finds the elements of any array as they were written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.json(), { maxLength: 6 }),
        fc.constantFrom('', ' ', '\n  '),
        (texts, space) => {
          const array = `${space}[${texts
            .map(text => `${space}${text}${space}`)
            .join(',')}]${space}`;
          expect(splitArray(array)).toEqual(texts.map(text => text.trim()));
        },
      ),
    );
  });
});

describe('parseAlerts', () => {
  const alert =
    '{"rule":"r","priority":"info","time":"2026-09-01T10:15:03.434319636Z","output_fields":{"evt.time":1788257703434319636,"a[/b]":null}}';

  it('takes a rule that has no output', () => {
    const text = alert.replace('{', '{"output":null,');
    expect(parseAlerts(text)).toMatchObject([{ text }]);
  });

  it('keeps the text, big integers and all, of one alert or many', () => {
    const parsed = { text: alert, time: '2026-09-01T10:15:03.434Z' };
    expect(parseAlerts(` ${alert}\n`)).toEqual([parsed]);
    expect(parseAlerts(`[${alert}, ${alert}]`)).toEqual([parsed, parsed]);
  });

  it('knows what is the same to the byte, and only that', () => {
    const identities = [
      ['c1', alert],
      ['c1', ` [ ${alert} ]`],
      ['c2', alert],
      ['c1', alert.replace('319636Z', '319637Z')],
      ['c1', alert.replace('319636,', '319637,')],
    ].map(([cluster, body]) => identify(cluster, parseAlerts(body)[0]));
    const [first, ...others] = new Set(identities);
    expect(identities[1]).toBe(first);
    expect(others).toHaveLength(3);
  });

  it.each([
    ['', 'The body is empty. Set json_output: true'],
    ['10:15:03.434: Notice A shell was spawned', 'json_output: true'],
    ['{"rule":', 'The body is no JSON'],
    ['[]', '1 to 1000 alerts'],
    ['3', 'the alert:'],
    ['[[]]', 'the alert:'],
    ['{"rule":"r"}', 'priority:'],
    [alert.replace('info', 'loud'), 'priority: is not one of Falco'],
    [alert.replace('2026-09-01T', 'yesterday '), 'time: must be an RFC 3339'],
    [alert.replace(/\{"evt.*\}/, '[1]}'), 'output_fields:'],
    [alert.replace('"r"', `"${'r'.repeat(70_000)}"`), '65536 characters'],
    [`[${Array(1001).fill(alert)}]`, '1 to 1000 alerts'],
  ])('refuses %.40s and says what to do', (body, text) => {
    expect(() => parseAlerts(body)).toThrow(text);
  });
});

/** A database whose writes end when the test says so. */
class SlowDatabase<T> {
  private readonly events = new EventEmitter();

  readonly write = (rows: T[]) =>
    new Promise<T[]>((resolve, reject) => {
      this.events.emit('write', {
        rows,
        resolve: () => resolve([...rows]),
        reject,
      });
    });

  async nextWrite(): Promise<{
    rows: T[];
    resolve: () => void;
    reject: (error: Error) => void;
  }> {
    return (await once(this.events, 'write'))[0];
  }
}

describe('GroupCommit', () => {
  it('writes what comes together at once, and resolves only then', async () => {
    const database = new SlowDatabase<number>();
    const commit = new GroupCommit<number, number>(database.write);
    const done: number[] = [];
    const add = async (row: number) => {
      done.push(...(await commit.add([row])));
    };
    const begun = database.nextWrite();
    const first = [add(1), add(2)];
    const write = await begun;
    expect(write.rows).toEqual([1, 2]);
    const later = [add(3), add(4)];
    expect(done).toEqual([]);
    const next = database.nextWrite();
    write.resolve();
    await Promise.all(first);
    expect(done).toEqual([1, 2]);
    const last = await next;
    expect(last.rows).toEqual([3, 4]);
    last.resolve();
    await Promise.all(later);
    await commit.settle();
  });

  it('tells exactly those whose write failed', async () => {
    const commit = new GroupCommit<string, string>(
      async rows => {
        if (rows.includes('bad')) throw new Error('disk full');
        return rows;
      },
      { rowsPerGroup: 1, rowsWaiting: 10 },
    );
    const added = ['good', 'bad', 'fine'].map(row => commit.add([row]));
    const settled = await Promise.allSettled(added);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('refuses more than it can hold, and takes more when there is room', async () => {
    const database = new SlowDatabase<number>();
    const commit = new GroupCommit<number, number>(database.write, {
      rowsPerGroup: 10,
      rowsWaiting: 2,
    });
    const begun = database.nextWrite();
    const full = commit.add([1, 2]);
    await expect(commit.add([3])).rejects.toThrow(OverloadedError);
    (await begun).resolve();
    await full;
    const next = database.nextWrite();
    const third = commit.add([3]);
    (await next).resolve();
    await third;
  });
});

describe('TokenBucket', () => {
  it('lets a burst and then its rate through', () => {
    let now = 0;
    const bucket = new TokenBucket(10, () => now);
    expect(bucket.take(20)).toBe(true);
    expect(bucket.take(1)).toBe(false);
    now = 500;
    expect(bucket.take(5)).toBe(true);
    expect(bucket.take(1)).toBe(false);
    now = 100_000;
    expect(bucket.take(21)).toBe(false);
    expect(bucket.take(20)).toBe(true);
  });
});
