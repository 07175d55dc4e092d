import {
  existsSync,
  mkdtempSync,
  promises as fs,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { unpackLayer } from './unpackLayer';

describe('unpackLayer', () => {
  let directory: string;
  let root: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'layer-'));
    root = join(directory, 'root');
    await fs.mkdir(root);
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  type Entry = [
    header: Parameters<ReturnType<typeof pack>['entry']>[0],
    content?: string,
  ];

  async function unpack(...entries: Entry[]) {
    const archive = pack();
    entries.forEach(([header, content]) =>
      content === undefined
        ? archive.entry(header)
        : archive.entry(header, content),
    );
    archive.finalize();
    await unpackLayer(Readable.from([await buffer(archive)]), root);
  }

  it('unpacks files, folders and links', async () => {
    await unpack(
      [{ name: 'bin/', type: 'directory' }],
      [{ name: 'bin/counter', mode: 0o755 }, 'text'],
      [{ name: 'bin/sh', type: 'symlink', linkname: 'counter' }],
      [{ name: 'bin/same', type: 'link', linkname: 'bin/counter' }],
    );

    expect(readFileSync(join(root, 'bin/sh'), 'utf8')).toBe('text');
    expect(readFileSync(join(root, 'bin/same'), 'utf8')).toBe('text');
  });

  it('takes away what a later layer deletes', async () => {
    await unpack([{ name: 'a/one' }, '1'], [{ name: 'b/two' }, '2']);
    await unpack(
      [{ name: 'a/.wh.one' }, ''],
      [{ name: 'b/.wh..wh..opq' }, ''],
      [{ name: 'b/three' }, '3'],
    );

    expect(existsSync(join(root, 'a/one'))).toBe(false);
    expect(existsSync(join(root, 'b/two'))).toBe(false);
    expect(readFileSync(join(root, 'b/three'), 'utf8')).toBe('3');
  });

  it('never writes outside', async () => {
    await unpack(
      [{ name: '../escaped' }, 'x'],
      [{ name: 'out', type: 'symlink', linkname: directory }],
      [{ name: 'out/through' }, 'x'],
    );

    expect(await fs.readdir(directory)).toEqual(['root']);
    expect(readFileSync(join(root, 'out/through'), 'utf8')).toBe('x');
    expect(readFileSync(join(root, 'escaped'), 'utf8')).toBe('x');
  });
});
