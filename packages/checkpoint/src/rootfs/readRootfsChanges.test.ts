import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { readReport } from '..';
import { makeTar, openChanged, openFixture } from '../__testUtils__';

describe('root file system', () => {
  it('lists what an intruder wrote and deleted', async () => {
    const { rootfs_changes: changes } = await readReport(
      await openFixture('e-attacked'),
    );
    expect(
      changes?.filter(c => c.change === 'deleted').map(c => c.path),
    ).toEqual([
      '/etc/issue',
      '/etc/motd',
      '/usr/share/python3/debpython/version.py',
      '/var/log/dpkg.log',
    ]);
    expect(changes).toContainEqual({
      path: '/etc/passwd',
      change: 'changed',
      type: 'file',
      mode: '0644',
      uid: 0,
      gid: 0,
      size: 869,
      modified: expect.stringMatching(/^2026-11-23T00:49/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(changes).toContainEqual(
      expect.objectContaining({
        path: '/var/tmp/.cache/stage2.sh',
        change: 'added',
        mode: '0700',
      }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ path: '/tmp/f', type: 'fifo' }),
    );
  });

  it("reads containerd's gzipped layer", async () => {
    const { rootfs_changes: changes } = await readReport(
      await openFixture('h-containerd-counter'),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ path: '/tmp/count', type: 'file', size: 2 }),
    );
  });

  it('takes whiteouts for deletions', async () => {
    const layer = await makeTar([
      { name: 'etc/', type: 'directory' },
      { name: 'etc/.wh.motd' },
      { name: 'opt/app/.wh..wh..opq' },
      { name: 'opt/app/new', content: 'hello' },
    ]);
    const archive = await openChanged('h-containerd-counter', {
      'rootfs-diff.tar': gzipSync(layer),
    });
    const { rootfs_changes: changes } = await readReport(archive);
    expect(changes).toContainEqual({ path: '/etc/motd', change: 'deleted' });
    expect(changes).toContainEqual({ path: '/opt/app/*', change: 'deleted' });
    expect(changes?.find(c => c.path === '/opt/app/new')).toMatchObject({
      change: 'written',
      sha256: createHash('sha256').update('hello').digest('hex'),
    });
  });

  it('warns of a damaged diff and reports the rest', async () => {
    const archive = await openChanged('a-counter', {
      'rootfs-diff.tar': Buffer.alloc(2048, 'x'),
      'deleted.files': '{"not": "a list"}',
    });
    const report = await readReport(archive);
    expect(report.container_name).toBe('counter');
    expect(report.warnings).toEqual([
      'test.tar: deleted.files: is no list of paths',
      'test.tar: rootfs-diff.tar: not a tar archive (at byte 0)',
    ]);
  });
});
