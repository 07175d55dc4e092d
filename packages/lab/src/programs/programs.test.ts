import { request } from 'undici';
import { TestNode, TestNodes } from '../kubelet/testing/TestNodes';
import { waitUntil } from '../testing/waitUntil';

/** Far enough off that a slow machine moves a counter before it gets there. */
const END = 60;

const imageOf = (program: string) => `registry.lab/demo/${program}:1`;

describe('programs', () => {
  let all: TestNodes;
  let source: TestNode;
  let target: TestNode;
  /** What each of these programs said before it was moved, and all that it said in the end. */
  let told: Map<string, Promise<{ before: string[]; after: string[] }>>;
  /** A counter that is to end in the other cluster. */
  let counting: string;

  /** Checkpoints a pod and restores it in the other cluster; returns the new pod, and how many lines its log begins with. */
  const move = async (pod: string, program: string) => {
    const archive = await source.checkpoint(pod);
    const copied = source.linesOf(pod).length;
    const moved = target.run(
      { image: await all.push(`moved-${program}`, archive) },
      {
        restartPolicy: 'Never',
        volumes: [{ name: 'base', image: { reference: imageOf(program) } }],
      },
    );
    await target.untilPhase(moved, 'Running');
    return { moved, copied };
  };

  const follow = async (program: string) => {
    const pod = source.run({ image: imageOf(program) });
    await waitUntil('it says something', () => source.linesOf(pod).length > 1);
    const before = source.linesOf(pod);
    const { moved, copied } = await move(pod, program);
    await waitUntil(
      'it says more',
      () => target.linesOf(moved).length > copied + 3,
    );
    return { before, after: target.linesOf(moved) };
  };

  const moveCounter = async () => {
    const pod = source.run(
      {
        image: imageOf('counter'),
        env: [
          { name: 'COUNTER_INTERVAL_MS', value: '100' },
          { name: 'COUNT_TO', value: String(END) },
        ],
      },
      { restartPolicy: 'Never' },
    );
    await waitUntil('it counts', () => source.linesOf(pod).length > 1);
    const { moved } = await move(pod, 'counter');
    return moved;
  };

  beforeAll(async () => {
    all = await TestNodes.start(181);
    [source, target] = all.nodes;
    counting = await moveCounter();
    // All at once: mostly they wait.
    told = new Map(
      ['cpu', 'memory', 'disk', 'tree'].map(program => {
        const telling = follow(program);
        telling.catch(() => 'The test of that program will tell.');
        return [program, telling];
      }),
    );
  });

  afterAll(() => all.close());

  it.each<[string, (before: string[], after: string[]) => void]>([
    [
      'cpu',
      (before, after) =>
        expect(Number.parseInt(after.at(-1)!, 10)).toBeGreaterThan(
          Number.parseInt(before.at(-1)!, 10),
        ),
    ],
    [
      'memory',
      (before, after) => {
        expect(before[0]).toBe('4096 pages are as they were, seen 1 times');
        expect(after.at(-1)).toMatch(/^4096 pages are as they were, seen \d+/);
        expect(
          after.filter(line => line.endsWith('seen 1 times')),
        ).toHaveLength(1);
      },
    ],
    [
      'disk',
      (_before, after) =>
        expect(after).toEqual(after.map((_, index) => `write ${index + 1}`)),
    ],
    [
      'tree',
      (_before, after) => {
        const starts = after.filter(line => line.endsWith(': 1'));
        expect(starts.map(line => line.split(' at ')[0]).sort()).toEqual(
          [1, 2, 3, 4, 5, 6, 7].map(pid => `process ${pid}`),
        );
      },
    ],
  ])('%s goes on where it was', async (program, compare) => {
    const { before, after } = (await told.get(program))!;
    compare(before, after);
  });

  it('counter ends where it was taken to', async () => {
    await target.untilPhase(counting, 'Succeeded');
    expect(target.linesOf(counting)).toEqual(
      Array.from({ length: END + 1 }, (_, number) => `count ${number}`),
    );
  });

  it('web knows its visitors after a migration', async () => {
    const pod = source.run({ image: imageOf('web') });
    await waitUntil('it listens', () => source.linesOf(pod).length > 0);
    const visit = async (node: TestNode, name: string, cookie = '') => {
      const answer = await request(
        `http://${node.statusOf(name).podIP}:8080/`,
        {
          headers: cookie ? { cookie } : {},
        },
      );
      const [sent] = [answer.headers['set-cookie'] ?? ''].flat();
      return { text: await answer.body.text(), cookie: sent.split(';')[0] };
    };
    const first = await visit(source, pod);
    expect(first.text).toMatch(/^session [0-9a-f]{16}, visit 1\n$/);
    const other = await visit(source, pod);
    expect(other.cookie).not.toBe(first.cookie);
    const { moved } = await move(pod, 'web');
    expect((await visit(target, moved, first.cookie)).text).toBe(
      first.text.replace('visit 1', 'visit 2'),
    );
  });

  it('finds what an earlier pod left in a persistent volume', async () => {
    const { store } = source.cluster;
    store.create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'default' },
      spec: { resources: { requests: { storage: '1Gi' } } },
    });
    const spec = {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    };
    const container = {
      image: imageOf('disk'),
      volumeMounts: [{ name: 'data', mountPath: '/data' }],
    };
    const env = [{ name: 'DISK_FOLDER', value: '/data' }];
    const writer = source.run({ ...container, env }, spec);
    await waitUntil('it has written', () => source.linesOf(writer).length > 0);
    store.delete('Pod', 'default', writer);
    await waitUntil('it is gone', () => !source.find(writer));

    const command = ['reader', '/data/latest'];
    const late = source.run({ ...container, command }, spec);
    await waitUntil('it reads', () => source.linesOf(late).length > 0);
    expect(source.linesOf(late)[0]).toMatch(/^read \d+$/);
  });

  it('two containers of a pod share an emptyDir', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    source.cluster.store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'duo', namespace: 'default' },
      spec: {
        terminationGracePeriodSeconds: 1,
        volumes: [{ name: 'shared', emptyDir: {} }],
        containers: [
          {
            name: 'main',
            image: imageOf('disk'),
            command: ['reader', '/shared/latest'],
            volumeMounts,
          },
          {
            name: 'writer',
            image: imageOf('disk'),
            env: [{ name: 'DISK_FOLDER', value: '/shared' }],
            volumeMounts,
          },
        ],
      },
    });
    await waitUntil('it reads on', () => source.linesOf('duo').length > 2);
    const numbers = source
      .linesOf('duo')
      .map(line => Number(line.replace('read ', '')));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('of a stand-in says what it stands for, and goes on', async () => {
    const pod = source.run({
      image: imageOf('stand-in'),
      env: [{ name: 'STAND_IN_FOR', value: 'redis (CVE-2022-0543)' }],
    });
    await source.untilPhase(pod, 'Running');
    await waitUntil('it speaks', () => source.linesOf(pod).length > 0);
    const said = (turn: number) =>
      `${turn}: a stand-in for redis (CVE-2022-0543); nothing here can be attacked`;
    expect(source.linesOf(pod)[0]).toBe(said(1));

    const { moved, copied } = await move(pod, 'stand-in');
    await waitUntil('it goes on', () => target.linesOf(moved).length > copied);
    expect(target.linesOf(moved)[copied]).toBe(said(copied + 1));
  });
});
