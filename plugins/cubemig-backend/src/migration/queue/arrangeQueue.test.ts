import { arrangeQueue, Contender, Limits, noLimits } from './arrangeQueue';
import { fc } from '../../__testUtils__/fc';

function contender(id: number, change: Partial<Contender> = {}): Contender {
  return {
    id: String(id).padStart(4, '0'),
    isRunning: false,
    createdAt: `2026-11-23T00:00:00.${String(id).padStart(4, '0')}Z`,
    share: 'a',
    sourceCluster: 'c1',
    targetCluster: 'c2',
    workload: `w${id}`,
    ...change,
  };
}

const limits: Limits = {
  overall: 4,
  perCluster: 3,
  perNode: 2,
  perWorkload: 1,
};

const crowds = fc
  .array(
    fc.record({
      share: fc.constantFrom('a', 'b', 'c'),
      sourceCluster: fc.constantFrom('c1', 'c2'),
      targetCluster: fc.constantFrom('c2', 'c3', undefined),
      node: fc.constantFrom('n1', 'n2', undefined),
      workload: fc.constantFrom('w1', 'w2', 'w3', 'w4', 'w5', 'w6'),
    }),
    { maxLength: 40 },
  )
  .map(crowd => crowd.map((change, index) => contender(index, change)));

function most(items: (string | undefined)[]) {
  const counts = items
    .filter(item => item !== undefined)
    .map(item => items.filter(other => other === item).length);
  return Math.max(0, ...counts);
}

describe('arrangeQueue', () => {
  it('lets shares take turns, the oldest first', () => {
    const queue = [
      contender(1),
      contender(2),
      contender(3),
      contender(4, { share: 'b' }),
      contender(5, { share: 'b', isRunning: true }),
      contender(6, { share: 'c' }),
    ];
    expect(arrangeQueue(queue, noLimits).map(({ id }) => Number(id))).toEqual([
      1, 6, 2, 4, 3,
    ]);
  });

  it.each([
    [{ overall: 1 }, '1 migrations run already'],
    [{ perCluster: 1 }, '1 migrations leave c1 already'],
    [{ perNode: 1 }, 'the source node n1 is busy with 1 migration(s)'],
    [{ perWorkload: 1 }, 'another pod of the same workload is being migrated'],
  ])('says what stands against a start: %j', (limit, reason) => {
    const node = { node: 'n1', workload: 'w' };
    const queue = [
      contender(1, { isRunning: true, ...node }),
      contender(2, node),
    ];
    expect(arrangeQueue(queue, { ...noLimits, ...limit })).toEqual([
      { id: '0002', position: 1, waitsFor: reason },
    ]);
  });

  it('says when no replica has room, and not while one has', () => {
    const running = (id: number, holder: string) =>
      contender(id, { isRunning: true, holder });
    const [waits] = arrangeQueue(
      [running(1, 'a'), running(2, 'a'), running(3, 'b'), contender(4)],
      noLimits,
      2,
    );
    expect(waits.waitsFor).toBeUndefined();
    const full = [
      running(1, 'a'),
      running(2, 'a'),
      running(3, 'b'),
      running(4, 'b'),
      contender(5),
    ];
    expect(arrangeQueue(full, noLimits, 2)[0].waitsFor).toBe(
      'every replica of the backend runs 2 already (cubemig.migration.concurrency)',
    );
    // Whether one may start is another question: whoever asks has room.
    expect(arrangeQueue(full, noLimits)[0].waitsFor).toBeUndefined();
  });

  it('lets everybody run in the end, and never too many at a time', () => {
    fc.assert(
      fc.property(crowds, crowd => {
        let contenders = crowd;
        while (contenders.length > 0) {
          const next = arrangeQueue(contenders, limits).find(
            ({ waitsFor }) => waitsFor === undefined,
          );
          const running = contenders.filter(({ isRunning }) => isRunning);
          // Where nobody runs, nobody can stand in the way.
          expect(next ?? running[0]).toBeDefined();
          contenders = next
            ? contenders.map(c =>
                c.id === next.id ? { ...c, isRunning: true } : c,
              )
            : contenders.filter(c => c !== running[0]);
          const now = contenders.filter(({ isRunning }) => isRunning);
          expect(now.length).toBeLessThanOrEqual(limits.overall);
          expect(most(now.map(c => c.sourceCluster))).toBeLessThanOrEqual(3);
          expect(most(now.map(c => c.targetCluster))).toBeLessThanOrEqual(3);
          expect(most(now.map(c => c.workload))).toBeLessThanOrEqual(1);
          expect(
            most(now.map(c => c.node && `${c.sourceCluster}/${c.node}`)),
          ).toBeLessThanOrEqual(2);
        }
      }),
    );
  });
});
