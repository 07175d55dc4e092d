import { randomBytes } from 'node:crypto';
import { decompress } from 'fzstd';
import { storeFrame } from './storedFrame';

describe('storeFrame', () => {
  it.each([1, 131_071, 131_072, 131_073, 1_048_576])(
    'is read back by a zstd reader (%i bytes)',
    size => {
      const content = randomBytes(size);
      const frame = storeFrame(content, Buffer.alloc(size + 64));
      expect(Buffer.from(decompress(frame)).equals(content)).toBe(true);
      expect(frame.length - size).toBeLessThan(40);
    },
  );
});
