import { endlessZstd, greedyZstd, zstdBomb } from '@cubemig/bytes/testUtils';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Archive, ArchiveError, readReport } from '..';
import {
  fixturePath,
  makeTar,
  openBytes,
  openChanged,
  workedMs,
} from '../__testUtils__';

const counter = fixturePath('a-counter.tar.gz');

async function temporaryFolder() {
  return mkdtemp(join(tmpdir(), 'cubemig-test-'));
}

/** Resolves to the error, so that its parts can be looked at. */
async function failureOf(promise: Promise<unknown>): Promise<ArchiveError> {
  const error = await promise.then(
    () => undefined,
    e => e,
  );
  expect(error).toBeInstanceOf(ArchiveError);
  return error;
}

describe('Archive', () => {
  it('reads plain, gzip and zstd archives, sniffed by their first bytes', async () => {
    const folder = await temporaryFolder();
    const plain = join(folder, 'named-wrongly.tar.gz');
    await writeFile(plain, gunzipSync(readFileSync(counter)));
    const reports = [];
    for (const [path, compression] of [
      [plain, 'none'],
      [counter, 'gzip'],
      [fixturePath('g-podman-counter.tar.zst'), 'zstd'],
      [fixturePath('g-podman-counter.tar.gz'), 'gzip'],
    ]) {
      const archive = await Archive.open(path);
      expect(archive.compression).toBe(compression);
      const { archive: _, ...report } = await readReport(archive);
      reports.push(report);
      archive.close();
    }
    expect(reports[0]).toEqual(reports[1]);
    expect(reports[2]).toEqual(reports[3]);
  });

  it('reads zstd in several frames, which Node itself does not', async () => {
    const whole = readFileSync(fixturePath('g-podman-counter.tar.zst'));
    // Two empty frames, by hand, before and after.
    const archive = await openBytes(
      Buffer.concat([zstdBomb(0), whole, zstdBomb(0)]),
    );
    expect(archive.warnings).toEqual([]);
    expect(archive.entries).toHaveLength(46);
  });

  it('reads an archive that comes as a stream', async () => {
    const streamed = await Archive.fromStream(
      'a stream',
      createReadStream(counter),
    );
    const opened = await Archive.open(counter);
    expect(streamed.entries).toEqual(opened.entries);
    expect(streamed.read('config.dump', 10_000)).toEqual(
      opened.read('config.dump', 10_000),
    );
  });

  it('leaves no temporary file behind, not even while it is open', async () => {
    const temporaryDirectory = await temporaryFolder();
    const archive = await Archive.open(counter, { temporaryDirectory });
    expect(readdirSync(temporaryDirectory)).toEqual([]);
    archive.close();
  });

  it('reads long names, in the way of pax and of GNU', async () => {
    const long = `${'folder/'.repeat(40)}file`;
    const archive = await openBytes(
      await makeTar([
        { name: long, content: 'pax' },
        { name: './with/dot', content: 'dot' },
        { name: 'link', type: 'symlink', linkname: long },
      ]),
    );
    expect(archive.read(long, 10).toString()).toBe('pax');
    expect(archive.read('with/dot', 10).toString()).toBe('dot');
    expect(archive.find('link')).toMatchObject({ type: 'symlink', link: long });
  });

  it('names the file that is missing or no archive', async () => {
    expect((await failureOf(Archive.open('/no/such.tar'))).message).toBe(
      '/no/such.tar: no such file',
    );
    expect((await failureOf(Archive.open(tmpdir()))).message).toBe(
      `${tmpdir()}: not a regular file`,
    );
    const text = await failureOf(openBytes(Buffer.alloc(4096, 'text ')));
    expect(text.message).toBe('test.tar: not a tar archive (at byte 0)');
    const empty = await failureOf(openBytes(Buffer.alloc(0)));
    expect(empty.message).toBe('test.tar: holds no tar archive (at byte 0)');
  });
});

describe('a hostile archive', () => {
  it('cannot lead out of its folder', async () => {
    const archive = await openBytes(
      await makeTar([
        { name: '../../etc/passwd', content: 'evil' },
        { name: '/etc/shadow', content: 'evil' },
        { name: 'good', content: 'good' },
      ]),
    );
    expect(archive.entries.map(e => e.name)).toEqual(['etc/shadow', 'good']);
    expect(archive.warnings).toEqual([
      'test.tar: left out the unsafe path "../../etc/passwd"',
    ]);
  });

  it.each(['symlink', 'link', 'character-device', 'fifo'] as const)(
    'cannot give a %s for a document',
    async type => {
      const archive = await openBytes(
        await makeTar([
          { name: 'spec.dump', type, linkname: '/etc/passwd' },
          { name: 'config.dump', content: '{}' },
        ]),
      );
      const { message } = await failureOf(readReport(archive));
      expect(message).toMatch(
        /^test\.tar: spec\.dump: is a .*, not a regular file/,
      );
    },
  );

  it('names the byte of a damaged header', async () => {
    const tar = await makeTar([
      { name: 'first', content: 'x'.repeat(1000) },
      { name: 'second', content: 'y' },
    ]);
    tar[1536] ^= 0xff;
    const error = await failureOf(openBytes(tar));
    expect(error.message).toBe('test.tar: damaged tar header (at byte 1536)');
    expect(error.offset).toBe(1536);
  });

  it('may tell a size that it does not have', async () => {
    const tar = await makeTar([{ name: 'huge', content: 'x' }]);
    tar.write('77777777777', 124, 'latin1');
    writeChecksum(tar);
    const archive = await openBytes(tar);
    expect(archive.find('huge')!.size).toBe(tar.length - 512);
    expect(archive.warnings).toEqual([
      `test.tar: ends inside "huge" (at byte ${tar.length})`,
    ]);
  });

  it('is reported as far as it goes where it was cut', async () => {
    const whole = gunzipSync(readFileSync(counter));
    const archive = await openBytes(whole.subarray(0, whole.length / 2));
    expect(archive.entries.length).toBeGreaterThan(5);
    expect(archive.warnings).toHaveLength(1);
    const gzip = readFileSync(counter);
    const cut = await openBytes(gzip.subarray(0, gzip.length / 2));
    expect(cut.warnings[0]).toMatch(/damaged after \d+ unpacked bytes/);
  });

  it('may not hold more entries than allowed', async () => {
    const files = Array.from({ length: 20 }, (_, i) => ({ name: `f${i}` }));
    const opened = openBytes(await makeTar(files), { limits: { entries: 10 } });
    expect((await failureOf(opened)).message).toBe(
      'test.tar: holds more than 10 entries (at byte 5120)',
    );
  });

  it('may not hold longer names than allowed', async () => {
    const opened = openBytes(
      await makeTar([{ name: `${'x/'.repeat(5000)}y` }]),
    );
    expect((await failureOf(opened)).message).toMatch(
      /holds a path of more than 4096 bytes/,
    );
  });

  it.each([
    ['gzip', () => gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['zstd', () => zstdBomb(512)],
  ])('may not be a %s bomb', async (_, makeBomb) => {
    const opened = openBytes(makeBomb(), {
      limits: { unpackedBytes: 8 * 1024 * 1024 },
    });
    expect((await failureOf(opened)).message).toBe(
      'test.tar: unpacks to more than the limit of 8388608 bytes',
    );
  });

  // All behind an empty frame, so that fzstd reads them also where Node could.
  it.each([
    ['too many copies', () => endlessZstd()],
    [
      // Found by the fuzz test: the only code has all the probability and so takes no bits.
      'codes without bits',
      () => {
        const damaged = readFileSync(fixturePath('g-podman-counter.tar.zst'));
        damaged.writeUInt32LE(0xfffffff0, 14);
        return damaged;
      },
    ],
  ])('may not keep zstd busy for ever with %s', async (_, makeZstd) => {
    const started = workedMs();
    const opened = openBytes(Buffer.concat([zstdBomb(0), makeZstd()]));
    expect((await failureOf(opened)).message).toBe(
      'test.tar: cannot be unpacked: its zstd data takes too long (at byte 15)',
    );
    expect(workedMs() - started).toBeLessThan(10_000);
  });

  it('may not have zstd take all memory', async () => {
    const opened = openBytes(Buffer.concat([zstdBomb(0), greedyZstd()]));
    expect((await failureOf(opened)).message).toBe(
      'test.tar: cannot be unpacked: zstd frame with a window of 1099511627776 bytes',
    );
  });

  it('may not hide a bomb inside', async () => {
    const archive = await openChanged(
      'a-counter',
      { 'rootfs-diff.tar': gzipSync(Buffer.alloc(64 * 1024 * 1024)) },
      { limits: { unpackedBytes: 8 * 1024 * 1024 } },
    );
    const { warnings } = await readReport(archive);
    expect(warnings).toEqual([
      'test.tar: rootfs-diff.tar: unpacks to more than the limit of 8388608 bytes',
    ]);
  });

  it('may not hold a document larger than allowed', async () => {
    const archive = await openChanged(
      'a-counter',
      { 'spec.dump': Buffer.alloc(1000, ' ') },
      { limits: { documentBytes: 999 } },
    );
    expect((await failureOf(readReport(archive))).message).toMatch(
      /^test\.tar: spec\.dump: has 1000 bytes, more than the limit of 999/,
    );
  });

  it.each([
    ['no JSON', 'is no JSON: '],
    ['[1]', 'is no JSON object'],
  ])('may hold %s where a document should be', async (content, problem) => {
    const archive = await openChanged('a-counter', { 'config.dump': content });
    expect((await failureOf(readReport(archive))).message).toContain(
      `test.tar: config.dump: ${problem}`,
    );
  });
});

function writeChecksum(tar: Buffer): void {
  tar.fill(0x20, 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
