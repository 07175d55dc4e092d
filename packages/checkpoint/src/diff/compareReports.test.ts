import { compareReports, Examined, examine, readReport } from '..';
import { FixtureName, openFixture } from '../__testUtils__';

async function read(name: FixtureName): Promise<Examined> {
  const checkpoint = await openFixture(name);
  return {
    report: await readReport(checkpoint),
    forensics: await examine(checkpoint),
  };
}

describe('compareReports', () => {
  it('tells the story of a break-in', async () => {
    const diff = compareReports(
      await read('e0-shop-clean'),
      await read('e-attacked'),
    );
    expect(diff.process_changes.added.map(p => p.pid)).toEqual([
      3, 6, 7, 8, 15, 21, 28, 31,
    ]);
    expect(diff.process_changes.removed).toEqual([]);
    expect(diff.socket_changes.added).toEqual([
      {
        pid: 8,
        protocol: 'TCP',
        family: 'IPV4',
        state: 'ESTABLISHED',
        local: '127.0.0.1:37952',
        remote: '127.0.0.1:4444',
      },
    ]);
    const { appeared, changed, vanished } = diff.story;
    expect(appeared).toContain(
      'process 15 (.kworker), running /tmp/.kworker: /tmp/.kworker 86400',
    );
    expect(appeared).toContain(
      'file /var/tmp/.cache/stage2.sh (new, 32 bytes, mode 0700)',
    );
    expect(appeared[0]).toMatch(/^finding \(critical\): A shell takes/);
    expect(changed).toEqual([
      'the verdict, from clean (2) to compromised (100)',
      'variable HOSTNAME of process 1',
    ]);
    expect(vanished).toContain('the file /var/log/dpkg.log, which was deleted');
    expect(diff.memory_changes.size_change_bytes).toBe(10321920 - 9166848);
  });

  it('tells it backwards too', async () => {
    const diff = compareReports(
      await read('e-attacked'),
      await read('e0-shop-clean'),
    );
    expect(diff.finding_changes.appeared).toEqual([]);
    expect(diff.finding_changes.vanished.length).toBeGreaterThan(10);
    expect(diff.process_changes.removed).toHaveLength(8);
  });

  it('sees no change where there is none', async () => {
    const diff = compareReports(await read('c-nginx'), await read('c-nginx'));
    expect(diff.story).toEqual({ appeared: [], changed: [], vanished: [] });
    expect(diff.summary).toBe('Checkpoint comparison for container nginx');
  });

  it('knows a helper that runs again under another pid', async () => {
    const before = await read('a-counter');
    const after = await read('a-counter');
    after.report.processes[1].pid = 2000;
    const { process_changes } = compareReports(before, after);
    expect(process_changes).toEqual({ added: [], removed: [], modified: [] });
  });
});
