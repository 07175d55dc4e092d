import { AddressSpace } from '../../runtime/emulated/AddressSpace';
import { loadProgram } from '../../runtime/emulated/loadProgram';
import { Arena } from './Arena';
import { runCommand } from './commands';

const newMemory = () =>
  loadProgram({ path: '/bin/kv', content: Buffer.from('kv') }, ['kv'], []);

/** The same memory in another process: nothing but areas and pages. */
const moved = (memory: AddressSpace) =>
  new AddressSpace(memory.marks, memory.areas, memory.pages());

describe('Arena', () => {
  it('is found again in the pages alone', () => {
    const memory = newMemory();
    const arena = Arena.create(memory);
    for (let index = 0; index < 20000; index += 1) {
      arena.set(`key:${index}`, Buffer.from(`value-${index}`));
    }
    arena.set('key:7', Buffer.from('another and longer value'));
    arena.delete('key:8');
    arena.set('\xff\0', Buffer.from([0, 255, 10]));
    arena.set('empty', Buffer.alloc(0));

    const other = Arena.open(moved(memory));

    expect(other.size).toBe(20001);
    expect(other.get('key:19999')?.toString()).toBe('value-19999');
    expect(other.get('key:7')?.toString()).toBe('another and longer value');
    expect(other.get('key:8')).toBeUndefined();
    expect(other.get('\xff\0')).toEqual(Buffer.from([0, 255, 10]));
    expect(other.get('empty')).toEqual(Buffer.alloc(0));
  });

  it('does not grow without end when values change their size', () => {
    const memory = newMemory();
    const arena = Arena.create(memory);
    for (let round = 0; round < 200; round += 1) {
      arena.set('big', Buffer.alloc(100_000 + round, round));
    }

    expect(memory.marks.brk - memory.marks.startBrk).toBeLessThan(
      4 * 1024 * 1024,
    );
    expect(Arena.open(moved(memory)).get('big')).toEqual(
      Buffer.alloc(100_199, 199),
    );
  });

  it('gives its memory back when it is cleared', () => {
    const memory = newMemory();
    const arena = Arena.create(memory);
    arena.set('big', Buffer.alloc(1024 * 1024, 1));
    const before = memory.pages().length;

    arena.clear();

    expect(memory.pages().length).toBeLessThan(before - 250);
    expect(Arena.open(moved(memory)).size).toBe(0);
  });
});

describe('runCommand', () => {
  const arena = Arena.create(newMemory());
  const run = (line: string) =>
    runCommand(
      line.split(' ').map(word => Buffer.from(word)),
      arena,
    ).toString();

  it.each([
    ['ping', '+PONG\r\n'],
    ['SET a 1', '+OK\r\n'],
    ['GET a', '$1\r\n1\r\n'],
    ['GET b', '$-1\r\n'],
    ['INCR a', ':2\r\n'],
    ['MSET b x c y', '+OK\r\n'],
    ['MGET a b zz', '*3\r\n$1\r\n2\r\n$1\r\nx\r\n$-1\r\n'],
    ['INCR b', '-ERR value is not an integer or out of range\r\n'],
    ['EXISTS a b zz', ':2\r\n'],
    ['DBSIZE', ':3\r\n'],
    ['KEYS ?', '*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n'],
    ['DEL a b zz', ':2\r\n'],
    ['GET', "-ERR wrong number of arguments for 'get' command\r\n"],
    ['__proto__', "-ERR unknown command '__proto__'\r\n"],
    ['FLUSHALL', '+OK\r\n'],
    ['DBSIZE', ':0\r\n'],
  ])('%s', (line, reply) => {
    expect(run(line)).toBe(reply);
  });
});
