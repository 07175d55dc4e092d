import { LogPosition } from './LogPosition';
import { fc } from '../__testUtils__/fc';

const START = Date.parse('2026-11-23T00:00:00Z');

/** Lines in their order, some in the same second, some of the same text. */
const logs = fc
  .array(fc.record({ pause: fc.constantFrom(0, 0, 1, 400, 1_000, 2_300) }), {
    maxLength: 30,
  })
  .map(lines => {
    let time = START;
    return lines.map(({ pause }, index) => {
      time += pause;
      return { time, text: `line ${index % 3}` };
    });
  });

describe('LogPosition', () => {
  it('loses and doubles no line, wherever and however often a log is cut', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(12)), (log, cuts) => {
        const position = new LogPosition();
        const read: string[] = [];
        for (const length of [...cuts, log.length]) {
          const since = position.resume();
          const lines = log.filter(
            ({ time }) => !since || time >= Date.parse(since),
          );
          for (const { time, text } of lines.slice(0, length)) {
            const stamp = new Date(time).toISOString().replace('Z', '123456Z');
            const taken = position.take(`${stamp} ${text}`);
            if (taken !== undefined) read.push(taken);
          }
        }
        expect(read).toEqual(log.map(({ text }) => text));
      }),
    );
  });

  it('counts from the start where lines have no time', () => {
    const position = new LogPosition();
    expect([position.take('a b'), position.take('c')]).toEqual(['a b', 'c']);
    expect(position.resume()).toBeUndefined();
    expect(['a b', 'c', 'd'].map(line => position.take(line))).toEqual([
      undefined,
      undefined,
      'd',
    ]);
  });
});
