import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Header, pack } from 'tar-stream';
import { Folder } from './Folder';
import { packFolder } from './packFolder';
import { unpackFolder } from './unpackFolder';

type TarHeader = Partial<Header> & Pick<Header, 'name'>;

const MIB = 1024 * 1024;
let base: string;
let source: string;
let target: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'volumes-'));
  source = join(base, 'source');
  target = join(base, 'target');
  mkdirSync(source);
  mkdirSync(target);
});

afterEach(() => rmSync(base, { recursive: true }));

async function within<T>(path: string, work: (folder: Folder) => Promise<T>) {
  const folder = await Folder.open(path);
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}

const packAll = (maxBytes = MIB) =>
  within(source, folder => buffer(packFolder(folder, maxBytes)));

const unpack = (tar: Buffer, maxBytes = MIB) =>
  within(target, folder =>
    unpackFolder(Readable.from([tar]), folder, maxBytes),
  );

async function tarOf(...entries: [TarHeader, string?][]): Promise<Buffer> {
  const tar = pack();
  for (const [header, content] of entries) tar.entry(header, content ?? '');
  tar.finalize();
  return buffer(tar);
}

/** What `find` says of a tree: kind, mode, owner, size, time and link of everything. */
const describeTree = (folder: string) =>
  execFileSync('find', ['.', '-printf', '%p %y %m %U:%G %s %T@ %l\n'], {
    cwd: folder,
    encoding: 'utf8',
  })
    .split('\n')
    .sort();

describe('a volume', () => {
  it('is the same after it was carried', async () => {
    mkdirSync(join(source, 'data/deep'), { recursive: true });
    writeFileSync(join(source, 'data/deep/file'), 'x'.repeat(300_000));
    writeFileSync(join(source, 'data/empty'), '');
    writeFileSync(join(source, `${'n'.repeat(200)} ünïcode`), 'long');
    symlinkSync('/etc/passwd', join(source, 'data/link'));
    linkSync(join(source, 'data/deep/file'), join(source, 'data/twin'));
    chmodSync(join(source, 'data/deep'), 0o2750);
    for (const path of ['data/deep/file', 'data/deep', 'data', '.']) {
      utimesSync(join(source, path), 1e9, 1e9);
    }
    chmodSync(source, 0o777);
    const bytes = await unpack(await packAll());

    const [before, after] = [source, target].map(describeTree);
    const whole = (lines: string[]) =>
      lines.map(line => line.replace(/\.\d+/g, ''));
    expect(whole(after)).toEqual(whole(before));
    expect(bytes).toBe(300_004);
    const { ino } = lstatSync(join(target, 'data/twin'));
    expect(lstatSync(join(target, 'data/deep/file')).ino).toBe(ino);
    // An init container may be started again.
    await unpack(await packAll());
    expect(whole(describeTree(target))).toEqual(whole(before));
  });

  it('is not carried if it is larger than it may be', async () => {
    writeFileSync(join(source, 'a'), 'x'.repeat(600));
    writeFileSync(join(source, 'b'), 'x'.repeat(600));
    await expect(packAll(1000)).rejects.toThrow('more than 1000 bytes');
    await expect(unpack(await packAll(), 1000)).rejects.toThrow(
      'more than 1000 bytes',
    );
  });

  it('is not left by a link in the place of a folder', async () => {
    const elsewhere = join(base, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(source, 'folder'));
    await within(source, async folder => {
      await expect(folder.openFolder('folder')).rejects.toThrow('ENOTDIR');
      await expect(folder.openFile('folder')).rejects.toThrow('ELOOP');
      await expect(folder.openFile('../source')).rejects.toThrow(
        'Not the name',
      );
    });
    await expect(Folder.open(join(source, 'folder'))).rejects.toThrow(
      'ENOTDIR',
    );
  });
});

describe('a hostile archive', () => {
  it.each([
    ['a path that leads out', [[{ name: '../evil' }, 'x']]],
    ['a path that leads out later', [[{ name: 'a/../../evil' }, 'x']]],
    [
      'a file behind a link',
      [
        [{ name: 'out', type: 'symlink', linkname: '..' }],
        [{ name: 'out/evil' }, 'x'],
      ],
    ],
    [
      'a hard link to what is outside',
      [[{ name: 'evil', type: 'link', linkname: '../secret' }]],
    ],
    [
      'a hard link behind a link',
      [
        [{ name: 'out', type: 'symlink', linkname: '..' }],
        [{ name: 'evil', type: 'link', linkname: 'out/secret' }],
      ],
    ],
  ] as [string, [TarHeader, string?][]][])(
    'with %s is refused',
    async (_, entries) => {
      writeFileSync(join(base, 'secret'), 'secret');
      const tar = await tarOf(...entries);
      await expect(unpack(tar)).rejects.toThrow(/unsafe path|ENOTDIR|ENOENT/);
      expect(existsSync(join(base, 'evil'))).toBe(false);
      expect(existsSync(join(target, 'evil'))).toBe(false);
    },
  );

  it('changes no file behind a link', async () => {
    const secret = join(base, 'secret');
    writeFileSync(secret, 'secret', { mode: 0o600 });
    await unpack(
      await tarOf(
        [{ name: 'link', type: 'symlink', linkname: '../secret', mode: 0o777 }],
        [{ name: 'link', mode: 0o644 }, 'overwritten'],
        [{ name: 'last', type: 'symlink', linkname: '../secret', uid: 99 }],
      ),
    );
    expect(readFileSync(secret, 'utf8')).toBe('secret');
    expect(lstatSync(secret)).toMatchObject({
      mode: 0o100600,
      uid: process.getuid!(),
    });
    expect(readFileSync(join(target, 'link'), 'utf8')).toBe('overwritten');
    expect(readlinkSync(join(target, 'last'))).toBe('../secret');
  });

  it('makes no device, and no program that runs with the rights of its owner', async () => {
    await unpack(
      await tarOf(
        [{ name: 'disk', type: 'block-device', devmajor: 8, devminor: 0 }],
        [{ name: 'shell', mode: 0o6755 }, 'program'],
      ),
    );
    expect(existsSync(join(target, 'disk'))).toBe(false);
    expect(lstatSync(join(target, 'shell')).mode % 0o10000).toBe(0o755);
  });
});
