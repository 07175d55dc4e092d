import { formatBytes } from './formatBytes';

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [3_410_000, '3.3 MiB'],
    [797 * 1024 ** 2, '797 MiB'],
    [1023 * 1024 ** 2, '1.0 GiB'],
    [5 * 1024 ** 5, '5120 TiB'],
  ])('says %d bytes as %s', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});
