import { AlertRecord } from '../alerts';
import { findMatches } from './findMatches';

const match = { outputFields: { 'fd.name': '/etc/shadow' } };

function alert(number: number, change: Partial<AlertRecord> = {}) {
  return {
    id: `a${number}`,
    tags: [],
    podLabels: {},
    fields: {},
    occurrences: 1_000,
    receivedAt: new Date(number * 1000).toISOString(),
    ...change,
  } as unknown as AlertRecord;
}

describe('findMatches', () => {
  it('looks at a bounded number of occurrences, and says at how many', async () => {
    const listOccurrences = jest.fn(async (_id: string, limit: number) =>
      Array.from({ length: limit }, () => ({ fields: {}, receivedAt: '' })),
    );
    const alerts = Array.from({ length: 70 }, (_, i) => alert(i));
    const { matches, occurrences } = await findMatches(match, alerts, {
      listOccurrences,
    });
    expect(matches).toEqual([]);
    expect(occurrences).toEqual({ examined: 5_000, of: 70_000 });
    expect(listOccurrences.mock.calls[0]).toEqual(['a69', 100]);
  });

  it('looks at none where the latest tells all, or fields do not count', async () => {
    const listOccurrences = jest.fn();
    const alerts = [alert(1, { occurrences: 1 }), alert(2)];
    const { matches, occurrences } = await findMatches({}, alerts, {
      listOccurrences,
    });
    expect(matches.map(({ alert: { id } }) => id)).toEqual(['a1', 'a2']);
    expect(occurrences).toBeUndefined();
    await findMatches(match, alerts.slice(0, 1), { listOccurrences });
    expect(listOccurrences).not.toHaveBeenCalled();
  });

  it('takes the time of the occurrence that matched first', async () => {
    const fields = { 'fd.name': '/etc/shadow' };
    const { matches } = await findMatches(match, [alert(1), alert(2)], {
      listOccurrences: async id =>
        id === 'a1'
          ? [
              { fields: {}, receivedAt: '2026-11-23T03:00:00.000Z' },
              { fields, receivedAt: '2026-11-23T02:00:00.000Z' },
              { fields, receivedAt: '2026-11-23T01:00:00.000Z' },
            ]
          : [],
    });
    expect(matches).toMatchObject([
      { alert: { id: 'a1' }, at: '2026-11-23T01:00:00.000Z' },
    ]);
  });
});
