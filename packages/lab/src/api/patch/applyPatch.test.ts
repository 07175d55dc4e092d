import type { KubeObject } from '../ClusterStore';
import { PATCH_TYPES, applyPatch } from './applyPatch';

const pod = (): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'p',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '',
    finalizers: ['a'],
    labels: { app: 'shop', old: 'x' },
  },
  spec: {
    containers: [
      { name: 'one', image: 'a', env: [{ name: 'A', value: '1' }] },
      { name: 'two', image: 'b' },
    ],
    tolerations: [{ key: 'x' }],
  },
  status: { conditions: [{ type: 'Ready', status: 'False' }] },
});

describe('applyPatch', () => {
  it('merges lists by their keys in a strategic merge patch', () => {
    const before = pod();
    const { spec, status, metadata } = applyPatch(
      before,
      PATCH_TYPES.strategic,
      {
        metadata: { labels: { old: null }, finalizers: ['b'] },
        spec: {
          containers: [
            { name: 'two', image: 'c' },
            { name: 'one', env: [{ name: 'B', value: '2' }] },
          ],
          tolerations: [{ key: 'y' }],
        },
        status: {
          conditions: [{ type: 'cubemig.io/validated', status: 'True' }],
        },
      },
    );
    expect(spec.containers).toEqual([
      {
        name: 'one',
        image: 'a',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { name: 'two', image: 'c' },
    ]);
    expect(spec.tolerations).toEqual([{ key: 'y' }]);
    expect(status.conditions).toHaveLength(2);
    expect(metadata.labels).toEqual({ app: 'shop' });
    expect(metadata.finalizers).toEqual(['a', 'b']);
    expect(before).toEqual(pod());
  });

  it('follows the directives of a strategic merge patch', () => {
    const { spec, metadata } = applyPatch(pod(), PATCH_TYPES.strategic, {
      metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] },
      spec: {
        '$setElementOrder/containers': [{ name: 'two' }, { name: 'three' }],
        containers: [
          { name: 'three', image: 'd' },
          { name: 'one', $patch: 'delete' },
        ],
      },
    });
    expect(spec.containers.map((c: any) => c.name)).toEqual(['two', 'three']);
    expect(metadata.finalizers).toEqual([]);
  });

  it('replaces lists in a merge patch', () => {
    const { spec } = applyPatch(pod(), PATCH_TYPES.merge, {
      spec: { containers: [{ name: 'x', image: 'y' }] },
    });
    expect(spec.containers).toEqual([{ name: 'x', image: 'y' }]);
  });

  it('applies a JSON patch as a whole or not at all', () => {
    const patch = (value: string) => [
      { op: 'test', path: '/metadata/uid', value },
      { op: 'add', path: '/metadata/labels/pod-template-hash', value: 'h' },
    ];
    expect(
      applyPatch(pod(), PATCH_TYPES.json, patch('u')).metadata.labels,
    ).toMatchObject({ 'pod-template-hash': 'h' });
    expect(() => applyPatch(pod(), PATCH_TYPES.json, patch('other'))).toThrow(
      expect.objectContaining({ code: 422 }),
    );
  });

  it('refuses other media types', () => {
    expect(() => applyPatch(pod(), 'application/json', {})).toThrow(
      expect.objectContaining({ code: 415 }),
    );
  });
});
