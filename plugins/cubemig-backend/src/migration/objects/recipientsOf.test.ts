import { recipientsOf } from './recipientsOf';

const clusters = new Map([
  ['c1', 'key of c1'],
  ['c2', 'key of c2'],
]);

describe('recipientsOf', () => {
  it('names nobody where nothing is encrypted', () => {
    expect(recipientsOf({ targetCluster: 'c2' }, undefined)).toBeUndefined();
  });

  it('names the target cluster and the platform, and no other cluster', () => {
    const order = { targetCluster: 'c2' };
    expect(recipientsOf(order, { clusters })).toEqual(['key of c2']);
    expect(recipientsOf(order, { clusters, platform: 'ours' })).toEqual([
      'ours',
      'key of c2',
    ]);
  });

  it('lets every cluster restore what is mere evidence', () => {
    expect(recipientsOf({}, { clusters, platform: 'ours' })).toEqual([
      'ours',
      'key of c1',
      'key of c2',
    ]);
  });
});
