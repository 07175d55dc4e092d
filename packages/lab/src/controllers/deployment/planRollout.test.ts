import { planRollout, resolveLimits, type Replicas } from './planRollout';

const of = (name: string, wanted: number, available = wanted): Replicas => ({
  name,
  wanted,
  available,
});
const limits = { maxSurge: 1, maxUnavailable: 1 };

describe('planRollout', () => {
  it('grows the new ReplicaSet as far as the surge lets it', () => {
    expect(
      planRollout({
        replicas: 4,
        ...limits,
        current: of('new', 0),
        old: [of('old', 4)],
      }),
    ).toEqual(new Map([['new', 1]]));
  });

  it('shrinks the old ones as far as enough stays available', () => {
    expect(
      planRollout({
        replicas: 4,
        ...limits,
        current: of('new', 1, 0),
        old: [of('old', 4)],
      }),
    ).toEqual(new Map([['old', 3]]));
  });

  it('drops replicas that do not work first', () => {
    expect(
      planRollout({
        replicas: 2,
        ...limits,
        current: of('new', 1, 1),
        old: [of('broken', 1, 0), of('works', 1)],
      }),
    ).toEqual(
      new Map([
        ['broken', 0],
        ['works', 0],
      ]),
    );
  });

  it('changes nothing while nothing may change', () => {
    expect(
      planRollout({
        replicas: 1,
        maxSurge: 1,
        maxUnavailable: 0,
        current: of('new', 1, 0),
        old: [of('old', 1)],
      }),
    ).toEqual(new Map());
  });
});

describe('resolveLimits', () => {
  it.each([
    [1, '25%', '25%', 1, 0],
    [4, '25%', '25%', 1, 1],
    [10, '25%', '25%', 3, 2],
    [3, 0, 0, 0, 1],
    [3, 2, 1, 2, 1],
  ])(
    '%d replicas, surge %s, unavailable %s',
    (replicas, maxSurge, maxUnavailable, surge, unavailable) => {
      expect(resolveLimits(replicas, { maxSurge, maxUnavailable })).toEqual({
        maxSurge: surge,
        maxUnavailable: unavailable,
      });
    },
  );
});
