import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, encodeImage } from './imageCodec';
import { imageTypes } from './imageTypes';

const read = (path: string) =>
  readFileSync(join(__dirname, '__fixtures__', path));

/** Images of a real CRIU 4.2. */
const recorded: [keyof typeof imageTypes, string][] = [
  ['stats', 'a-counter/stats-dump'],
  ['inventory', 'a-counter/inventory.img'],
  ['pstree', 'a-counter/pstree.img'],
  ['core', 'a-counter/core-1.img'],
  ['ids', 'a-counter/ids-1.img'],
  ['mm', 'a-counter/mm-1.img'],
  ['pagemap', 'a-counter/pagemap-1.img'],
  ['fs', 'a-counter/fs-1.img'],
  ['fdinfo', 'a-counter/fdinfo-2.img'],
  ['files', 'a-counter/files.img'],
  ['files', 'd-python/files.img'],
  ['tcpStream', 'd-python/tcp-stream-30604.img'],
  ['mountpoints', 'a-counter/mountpoints-13.img'],
  ['cgroup', 'a-counter/cgroup.img'],
  ['netns', 'a-counter/netns-10.img'],
  ['utsns', 'a-counter/utsns-12.img'],
  ['ipcnsVar', 'a-counter/ipcns-var-11.img'],
  ['timens', 'a-counter/timens-0.img'],
  ['seccomp', 'a-counter/seccomp.img'],
];

describe('imageCodec', () => {
  it.each(recorded)('writes a real %s image as it was (%s)', (name, path) => {
    const type = imageTypes[name];
    const image = read(path);

    const entries = decodeImage(type, image, String);

    expect(entries.length).toBeGreaterThan(0);
    expect(encodeImage(type, entries).equals(image)).toBe(true);
  });

  it('refuses an image of another kind', () => {
    expect(() =>
      decodeImage(imageTypes.mm, read('a-counter/core-1.img')),
    ).toThrow("Magic doesn't match");
  });

  it('refuses an image that ends too early', () => {
    const image = read('a-counter/mm-1.img');

    expect(() =>
      decodeImage(imageTypes.mm, image.subarray(0, image.length - 1)),
    ).toThrow('Truncated');
  });
});
