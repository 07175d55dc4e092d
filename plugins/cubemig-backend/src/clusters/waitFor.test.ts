import { MemoryCluster } from './__testUtils__/MemoryCluster';
import { amend } from './amend';
import { ClusterApiError } from './ClusterApiError';
import { waitFor } from './waitFor';

const key = { namespace: 'demo', name: 'p' };

async function clusterWithPod() {
  const cluster = new MemoryCluster('c1');
  await cluster.create('Pod', { metadata: { ...key } });
  return cluster;
}

function wait<T>(
  cluster: MemoryCluster,
  look: Parameters<typeof waitFor<'Pod', T>>[4],
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
) {
  return waitFor<'Pod', T>(
    cluster,
    'Pod',
    key,
    {
      timeoutMs: 60_000,
      signal: new AbortController().signal,
      setting: 'cubemig.patience',
      what: 'Something',
      ...options,
    },
    look,
  );
}

describe('waitFor', () => {
  it('answers at once if it is so already, and otherwise after the change', async () => {
    const cluster = await clusterWithPod();
    expect(await wait(cluster, ([pod]) => pod?.metadata?.uid)).toBe('uid-1');

    const waiting = wait(cluster, ([pod]) => pod?.metadata?.labels?.a);
    await cluster.patch('Pod', key, { metadata: { labels: { a: 'b' } } });
    expect(await waiting).toBe('b');

    const gone = wait(cluster, ([pod]) => (pod ? undefined : 'gone'));
    await cluster.delete('Pod', key);
    expect(await gone).toBe('gone');
  });

  it('gives up at its deadline, and says what it waited for', async () => {
    const cluster = await clusterWithPod();
    const waiting = wait(cluster, () => undefined, { timeoutMs: 20 });
    await expect(waiting).rejects.toThrow('Something took longer than 0 s');
    await expect(waiting).rejects.toMatchObject({
      setting: 'cubemig.patience',
    });
  });

  it('says if the cluster could not be asked at its end', async () => {
    const cluster = await clusterWithPod();
    cluster.interrupt = () =>
      new ClusterApiError('c1', undefined, undefined, 'ECONNREFUSED');
    await expect(wait(cluster, () => true, { timeoutMs: 20 })).rejects.toThrow(
      "Something took longer than 0 s, and cluster 'c1' could not be asked at last: ECONNREFUSED",
    );
  });

  it('ends with the reason of an abort, a refusal, or what the look throws', async () => {
    const cluster = await clusterWithPod();
    const stop = new AbortController();
    const waiting = wait(cluster, () => undefined, { signal: stop.signal });
    stop.abort(new Error('stopping'));
    await expect(waiting).rejects.toThrow('stopping');

    await expect(
      wait(cluster, () => {
        throw new Error('broken');
      }),
    ).rejects.toThrow('broken');

    cluster.refuse = verb => (verb === 'list' ? 'Forbidden' : undefined);
    await expect(wait(cluster, () => undefined)).rejects.toThrow('list /api');
  });
});

describe('amend', () => {
  it('changes what it read, again if somebody was faster', async () => {
    const cluster = await clusterWithPod();
    let looks = 0;
    const pod = await amend(cluster, 'Pod', key, ({ metadata }) => {
      looks += 1;
      if (looks === 1) {
        cluster.patch('Pod', key, { metadata: { labels: { theirs: '1' } } });
      }
      return {
        metadata: { labels: { ours: metadata?.labels?.theirs ?? '0' } },
      };
    });
    expect(pod?.metadata?.labels).toEqual({ theirs: '1', ours: '1' });
    expect(looks).toBe(2);
  });

  it('leaves another object of the same name alone', async () => {
    const cluster = await clusterWithPod();
    const change = () => ({ metadata: { labels: { a: 'b' } } });
    expect(
      await amend(cluster, 'Pod', { ...key, uid: 'other' }, change),
    ).toBeUndefined();
    expect(cluster.changes).toEqual(['create /api/v1/namespaces/demo/pods/p']);
  });
});
