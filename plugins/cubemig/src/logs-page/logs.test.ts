import { aCompletedMigration, aFailedMigration } from '../__testUtils__';
import { groupByWorkload } from './workloads';
import { writeMarkdown } from './writeMarkdown';

describe('groupByWorkload', () => {
  const moved = aCompletedMigration({ id: 'm1' });
  const bare = aCompletedMigration({
    id: 'm2',
    source: { ...moved.source, pod: 'debug', owner: undefined },
  });

  it('gathers the migrations of a workload, whatever its pods are called', () => {
    const groups = groupByWorkload([
      moved,
      bare,
      { ...moved, id: 'm3', source: { ...moved.source, pod: 'counter-2' } },
    ]);
    expect(
      groups.map(({ name, migrations }) => [name, migrations.length]),
    ).toEqual([
      ['debug', 1],
      ['Deployment counter', 2],
    ]);
  });

  it('finds by workload and by pod', () => {
    expect(groupByWorkload([moved, bare], 'DEBUG')).toHaveLength(1);
    expect(groupByWorkload([moved, bare], 'x2x9p')[0].name).toBe(
      'Deployment counter',
    );
  });
});

describe('writeMarkdown', () => {
  it('lets nothing that a cluster said become markup', () => {
    const failed = aFailedMigration();
    const text = writeMarkdown(failed, [
      {
        sequence: 1,
        time: '2026-01-01T00:00:00Z',
        step: 'restore',
        level: 'error',
        message: 'a `b` | <img src=x>\n# no heading',
      },
    ]);
    expect(text).toContain(
      '| 2026-01-01T00:00:00Z | restore | error | `` a `b` \\| <img src=x> # no heading `` |',
    );
    expect(text).toContain('## Failure');
    expect(text).not.toMatch(/^# no heading/m);
  });
});
