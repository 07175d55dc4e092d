import { durationBetween, formatAge, formatDuration } from './formatDuration';

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [96.4, '96 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [3449, '3.4 s'],
    [59_990, '59.9 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [4_330_000, '1 h 12 min'],
    [-5, '0 ms'],
  ])('says %d ms as %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe('formatAge', () => {
  it.each([
    [4000, '4 s'],
    [59_999, '59 s'],
    [5 * 60_000, '5 min'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
  ])('says %d ms as %s', (ms, words) => {
    expect(formatAge(ms)).toBe(words);
  });
});

describe('durationBetween', () => {
  it('is never negative, although clocks differ', () => {
    expect(
      durationBetween('2025-01-01T00:00:01Z', '2025-01-01T00:00:00Z'),
    ).toBe(0);
  });
});
