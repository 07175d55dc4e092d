import { Figures } from '@cubemig/plugin-cubemig-common';
import { figureRows } from './figureRows';

const figures = (totalMs: number, freezingMicros: number) =>
  ({ totalMs, dumps: [{ freezingMicros }] } as Figures);

describe('figureRows', () => {
  it('compares with the median of the earlier ones', () => {
    const [total] = figureRows(figures(6000, 1), [
      figures(8000, 1),
      figures(12_000, 1),
      figures(100_000, 1),
    ]);
    expect(total).toEqual({
      id: 'totalMs',
      value: '6.0 s',
      earlier: '12.0 s',
      change: -50,
    });
  });

  it('finds no difference between what looks the same', () => {
    const rows = figureRows(figures(6000, 200), [figures(6000, 100)]);
    expect(rows.map(({ change }) => change)).toEqual([undefined, undefined]);
  });
});
