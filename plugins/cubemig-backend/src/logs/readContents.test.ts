import { readContents } from './readContents';

describe('readContents', () => {
  it('holds one file at a time, and no more than an answer can', async () => {
    let open = 0;
    let most = 0;
    let reads = 0;
    const files = Array.from({ length: 100 }, (_, i) => ({
      path: `w/f/${i}`,
      read: async () => {
        reads += 1;
        open += 1;
        most = Math.max(most, open);
        await new Promise(resolve => setImmediate(resolve));
        open -= 1;
        return 'x'.repeat(10);
      },
    }));
    const found = await readContents(files, 25);
    expect(found.map(({ path }) => path)).toEqual(['w/f/0', 'w/f/1']);
    expect(most).toBe(1);
    expect(reads).toBe(3);
  });

  it('gives a long one all the same, if it is the first', async () => {
    const read = async () => 'x'.repeat(100);
    expect(await readContents([{ path: 'a', read }], 25)).toHaveLength(1);
  });
});
