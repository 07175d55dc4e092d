import { AlertLeaseLostError } from './AlertStore';
import { isolateFailures } from './isolateFailures';

/** Fails whenever the bad one is among what it is given. */
function run(error: Error) {
  const done: string[] = [];
  const isolated = isolateFailures(
    ['good', 'bad', 'fine'],
    async items => {
      if (items.includes('bad')) throw error;
      done.push(...items);
    },
    async item => {
      done.push(`gave up ${item}`);
    },
  );
  return { done, isolated };
}

function failure(message: string, code?: string) {
  return Object.assign(new Error(message), { code });
}

describe('isolateFailures', () => {
  it.each([
    failure('invalid byte sequence for encoding', '22021'),
    failure('index row size 3000 exceeds maximum', '54000'),
    failure('value too long for type', '22001'),
    failure('NOT NULL constraint failed', 'SQLITE_CONSTRAINT_NOTNULL'),
    failure('string or blob too big', 'SQLITE_TOOBIG'),
    failure("select 'a connection, a timeout' - no", '22P02'),
    new TypeError('x is not a function'),
    new RangeError('Maximum call stack size exceeded'),
  ])('gives up the one that cannot be done: %s', async error => {
    const { done, isolated } = run(error);
    await isolated;
    expect(done).toEqual(['good', 'gave up bad', 'fine']);
  });

  it.each([
    new AlertLeaseLostError(),
    failure('terminating connection', '57P01'),
    failure('deadlock detected', '40P01'),
    failure('could not extend file', '53100'),
    failure('database is locked', 'SQLITE_BUSY'),
    failure('disk full', 'SQLITE_FULL'),
    failure('connect failed', 'ECONNREFUSED'),
    failure('insert into x - Connection terminated unexpectedly'),
    Object.assign(new Error('no connection'), { name: 'KnexTimeoutError' }),
  ])('gives up nothing because of what will pass: %s', async error => {
    const { done, isolated } = run(error);
    await expect(isolated).rejects.toBe(error);
    expect(done).toEqual([]);
  });
});
