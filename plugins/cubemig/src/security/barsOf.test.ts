import { aSummary } from '../__testUtils__';
import { barsOf } from './barsOf';

describe('barsOf', () => {
  it('fills the gaps between buckets, gravest on top', () => {
    const bars = barsOf(aSummary());
    expect(bars.map(({ total }) => total)).toEqual([6, 0, 11, 16, 0, 21]);
    expect(bars[2].parts.map(({ priority }) => priority)).toEqual([
      'Notice',
      'Warning',
      'Critical',
    ]);
    expect(bars[1].start).toBe(bars[0].end);
  });

  it('reaches over the whole time that is looked at', () => {
    const [first] = barsOf(aSummary());
    const bars = barsOf(aSummary(), {
      from: first.start - 2.5 * 3_600_000,
      until: first.start + 7.2 * 3_600_000,
    });
    expect(bars.map(({ total }) => total)).toEqual([
      0, 0, 0, 6, 0, 11, 16, 0, 21, 0, 0,
    ]);
  });

  it('does not draw millions of bars for a summary that is far apart', () => {
    const bars = barsOf(
      aSummary({
        bucketSeconds: 1,
        buckets: [
          { start: '2020-01-01T00:00:00Z', counts: { Error: 1 } },
          { start: '2026-01-01T00:00:00Z', counts: { Error: 2 } },
        ],
      }),
    );
    expect(bars).toHaveLength(400);
    expect(bars[399].total).toBe(2);
  });
});
