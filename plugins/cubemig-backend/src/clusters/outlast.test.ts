import { MemoryCluster } from './__testUtils__/MemoryCluster';
import { amend } from './amend';
import { ClusterApiError } from './ClusterApiError';
import { ClusterClient } from './ClusterClient';
import { Endurance } from './Endurance';
import { outlast } from './outlast';

const key = { namespace: 'demo', name: 'p' };
const never = new AbortController().signal;
const cut = () => new ClusterApiError('c1', undefined, undefined, 'reset');

/** What an API server, a load balancer before it and Backstage's proxy answer in an outage. */
const outages = [
  ['refused or reset', undefined, undefined, 'connect ECONNREFUSED'],
  ['overloaded', 429, 'TooManyRequests', 'too many requests'],
  ['behind a proxy', 502, undefined, 'bad gateway'],
  ['starting', 503, 'ServiceUnavailable', 'not ready'],
  ['slow', 504, 'Timeout', 'request did not complete'],
  ['electing', 500, '', 'etcdserver: leader changed'],
  ['without quorum', 500, '', 'etcdserver: request timed out'],
] as const;

/** What is asked, each of which changes the pod `p` or looks at it. */
const requests: Record<string, (client: ClusterClient) => Promise<unknown>> = {
  get: client => client.get('Pod', key),
  exists: client => client.exists('Pod', key),
  list: client => client.list('Pod', { namespace: 'demo' }),
  create: client =>
    client.create('Pod', { metadata: { ...key, name: 'other' } }),
  patch: client => client.patch('Pod', key, { metadata: { labels: {} } }),
  delete: client => client.delete('Pod', key),
};

async function start(seconds = 60, signal = never) {
  const cluster = new MemoryCluster('c1');
  const pod = await cluster.create('Pod', { metadata: { ...key } });
  const onOutage = jest.fn(async () => {});
  const endurance = new Endurance({
    cluster: 'c1',
    seconds,
    setting: 'cubemig.patience',
    onOutage,
  });
  const client = outlast(cluster, endurance, () => signal);
  return { cluster, client, onOutage, uid: pod.metadata!.uid };
}

/** Interrupts so many requests, and counts all. */
function interrupt(
  cluster: MemoryCluster,
  error: () => Error,
  times = Infinity,
  when: 'before' | 'after' = 'before',
) {
  const count = { before: 0, after: 0 };
  cluster.interrupt = (_verb, _path, now) => {
    count[now] += 1;
    return now === when && count[now] <= times ? error() : undefined;
  };
  return count;
}

describe('outlast', () => {
  it.each(outages)('outlasts a server that is %s', async (_, ...answer) => {
    const error = () => new ClusterApiError('c1', ...answer);
    await Promise.all(
      Object.values(requests).map(async request => {
        const { client, cluster, onOutage } = await start();
        const count = interrupt(cluster, error, 2);
        await request(client);
        expect(count.before).toBe(3);
        expect(onOutage).toHaveBeenCalledTimes(1);
      }),
    );
  });

  it.each(Object.entries(requests))(
    'takes a refusal for an answer: %s',
    async (_, request) => {
      const { client, cluster } = await start();
      const error = () => new ClusterApiError('c1', 403, 'Forbidden', 'no');
      const count = interrupt(cluster, error);
      await expect(request(client)).rejects.toThrow('no');
      expect(count.before).toBe(1);
    },
  );

  it('gives up when the outage lasts, and outlasts it once for all requests', async () => {
    const { client, cluster, onOutage } = await start(0.3);
    const count = interrupt(cluster, cut);
    await expect(client.get('Pod', key)).rejects.toMatchObject({
      problem: {
        code: 'cluster-unreachable',
        message:
          "API server of 'c1' not reachable for 0.3 s (cubemig.patience): reset",
        remedy: expect.stringContaining('cubemig.patience'),
      },
    });
    const { before } = count;
    await expect(client.get('Pod', key)).rejects.toThrow('not reachable');
    expect(count.before).toBe(before + 1);
    expect(onOutage).toHaveBeenCalledTimes(1);

    interrupt(cluster, cut, 1);
    await expect(client.get('Pod', key)).rejects.toThrow('not reachable');
    await client.get('Pod', key);
    interrupt(cluster, cut, 1);
    expect(await client.exists('Pod', key)).toBe(true);
  });

  it('gives up on what fails alone, and says what the server said', async () => {
    const { client, cluster, onOutage } = await start(0.5);
    cluster.interrupt = verb =>
      verb === 'create'
        ? new ClusterApiError('c1', 500, '', 'failed calling webhook')
        : undefined;
    const asking = client.create('Pod', { metadata: { name: 'o' } });
    const looking = setInterval(() => client.get('Pod', key), 20);
    await expect(asking).rejects.toThrow(
      "API server of 'c1' answered with errors for 0.5 s (cubemig.patience): failed calling webhook",
    );
    clearInterval(looking);
    expect(onOutage).toHaveBeenCalledTimes(1);
  });

  it('leaves the server alone for as long as it wants', async () => {
    const { client, cluster } = await start();
    const answer = new Response('busy', {
      status: 429,
      headers: { 'Retry-After': '1' },
    });
    const error = await ClusterApiError.fromResponse('c1', answer);
    interrupt(cluster, () => error, 1);
    const askedAt = performance.now();
    await client.get('Pod', key);
    // A timer may fire a millisecond early.
    expect(performance.now() - askedAt).toBeGreaterThan(990);
  });

  it('ends as soon as it is told to', async () => {
    const stop = new AbortController();
    const { client, cluster } = await start(60, stop.signal);
    const busy = new ClusterApiError('c1', 429, 'TooManyRequests', 'busy', {
      retryAfterSeconds: 60,
    });
    cluster.interrupt = () => {
      setImmediate(() => stop.abort(new Error('cancelled')));
      return busy;
    };
    await expect(requests.create(client)).rejects.toThrow('cancelled');
  });

  it('ends a look that gets no answer as soon as it is told to, and lets a change be made', async () => {
    const stop = new AbortController();
    const { cluster } = await start();
    const endurance = new Endurance({
      cluster: 'c1',
      seconds: 60,
      setting: 'x',
    });
    let answer = () => {};
    const client = outlast(
      Object.assign(Object.create(cluster), {
        get: () => new Promise(() => {}),
        delete: () =>
          new Promise<boolean>(resolve => {
            answer = () => resolve(true);
          }),
      }),
      endurance,
      () => stop.signal,
    );
    const look = client.get('Pod', key);
    const change = client.delete('Pod', key);
    stop.abort(new Error('cancelled'));
    await expect(look).rejects.toThrow('cancelled');
    answer();
    expect(await change).toBe(true);
  });

  describe('whose answer was lost', () => {
    it('tells that a name is taken, by itself or by another', async () => {
      const { client, cluster } = await start();
      interrupt(cluster, cut, 1, 'after');
      await expect(requests.create(client)).rejects.toMatchObject({
        reason: 'AlreadyExists',
      });
    });

    it('has changed an object once', async () => {
      const { client, cluster } = await start();
      interrupt(cluster, cut, 1, 'after');
      const pod = await amend(client, 'Pod', key, ({ metadata }) => {
        const { count = '0' } = metadata?.labels ?? {};
        return count === '0'
          ? { metadata: { labels: { count: `${Number(count) + 1}` } } }
          : undefined;
      });
      expect(pod?.metadata?.labels).toEqual({ count: '1' });
      expect(cluster.changes.filter(c => c.startsWith('patch'))).toHaveLength(
        1,
      );
    });

    it.each([
      ['the very object that was meant', true],
      ['only a name that was meant', false],
    ])('has deleted %s: %s', async (_, isMeant) => {
      const { client, cluster, uid } = await start();
      interrupt(cluster, cut, 1, 'after');
      const options = isMeant ? { uid } : {};
      expect(await client.delete('Pod', key, options)).toBe(isMeant);
      expect(await client.delete('Pod', key, options)).toBe(false);
    });
  });
});
