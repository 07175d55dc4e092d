import { NotFoundError } from '@backstage/errors';
import { createPodRoutes } from './createPodRoutes';

const params = { cluster: 'c1', namespace: 'demo', pod: 'redis-0' };

/** Deletes a pod, where the desk has seen one of this uid, or none. */
async function remove(seen: string | undefined, uid?: string) {
  const deleted: unknown[] = [];
  const [route] = createPodRoutes({
    clusters: {
      getClient: async () => ({
        delete: async (
          _kind: string,
          _key: object,
          { uid: precondition }: any,
        ) => deleted.push(precondition),
      }),
    } as any,
    desk: {
      admitPod: async () =>
        seen && { metadata: { name: 'redis-0', uid: seen } },
    } as any,
    migrations: { list: async () => ({ items: [], total: 0 }) } as any,
    protectedNamespaces: [],
  });
  const call = { params, query: { uid }, requireFor: async () => {} };
  const error = await route.handle(call as any).catch(thrown => thrown);
  return { deleted, error };
}

describe('the deletion of a pod', () => {
  it('is of the very pod that was looked at', async () => {
    expect((await remove('u1')).deleted).toEqual(['u1']);
    expect((await remove('u1', 'u1')).deleted).toEqual(['u1']);
  });

  it.each([
    ['nobody has seen, and that comes a moment later', undefined, undefined],
    ['is named by its uid, and was not seen', undefined, 'u2'],
    ['is another than the one that was seen', 'u1', 'u2'],
  ])('is not of one that %s', async (_which, seen, uid) => {
    const { deleted, error } = await remove(seen, uid);
    expect(deleted).toEqual([]);
    expect(error).toBeInstanceOf(NotFoundError);
  });
});
