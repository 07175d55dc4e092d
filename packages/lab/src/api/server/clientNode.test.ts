import type * as ClientNode from '@kubernetes/client-node';
import type { RunningCluster } from '../../cluster/startCluster';
import { formatKubeconfig } from '../../lab/kubeconfig';
import { POD_SPEC } from '../../testing/TestCluster';
import { request } from '../../testing/request';
import { ADMIN_TOKEN, startTestCluster } from '../../testing/startTestCluster';
import { waitUntil } from '../../testing/waitUntil';

describe('@kubernetes/client-node', () => {
  // The library is an ES module only.
  let k8s: typeof ClientNode;
  let cluster: RunningCluster;
  let config: ClientNode.KubeConfig;
  let core: ClientNode.CoreV1Api;

  beforeAll(async () => {
    k8s = await import('@kubernetes/client-node');
  });

  beforeEach(async () => {
    cluster = await startTestCluster({ rememberedChanges: 100 });
    config = new k8s.KubeConfig();
    config.loadFromString(formatKubeconfig([cluster], ADMIN_TOKEN));
    core = config.makeApiClient(k8s.CoreV1Api);
  });

  afterEach(() => cluster.close());

  const createPod = (name: string, labels?: Record<string, string>) =>
    core.createNamespacedPod({
      namespace: 'default',
      body: { metadata: { name, labels }, spec: POD_SPEC },
    });

  it('works with objects of several groups', async () => {
    await createPod('p');
    const { items } = await core.listPodForAllNamespaces();
    expect(items.map(({ metadata }) => metadata?.name)).toEqual(['p']);
    const apps = config.makeApiClient(k8s.AppsV1Api);
    const { spec } = await apps.createNamespacedDeployment({
      namespace: 'default',
      body: {
        metadata: { name: 'd' },
        spec: {
          selector: { matchLabels: { app: 'd' } },
          template: { metadata: { labels: { app: 'd' } }, spec: POD_SPEC },
        },
      },
    });
    expect(spec?.strategy?.rollingUpdate?.maxSurge).toBe('25%');
    await expect(
      core.readNamespacedPod({ namespace: 'default', name: 'none' }),
    ).rejects.toMatchObject({ code: 404 });
  });

  it('patches and deletes with preconditions', async () => {
    const { metadata } = await createPod('p');
    const patched = await core.patchNamespacedPod({
      namespace: 'default',
      name: 'p',
      body: [
        { op: 'test', path: '/metadata/uid', value: metadata!.uid },
        { op: 'add', path: '/metadata/labels', value: { a: 'b' } },
      ],
    });
    expect(patched.metadata?.labels).toEqual({ a: 'b' });
    await expect(
      core.deleteNamespacedPod({
        namespace: 'default',
        name: 'p',
        body: { preconditions: { uid: 'other' } },
      }),
    ).rejects.toMatchObject({ code: 409 });
  });

  it('watches: what was there, what enters the selection, and what leaves it', async () => {
    await createPod('old', { app: 'shop' });
    await createPod('other', { app: 'cart' });
    const seen: string[] = [];
    const controller = await new k8s.Watch(config).watch(
      '/api/v1/namespaces/default/pods',
      { labelSelector: 'app=shop' },
      (type, object) => seen.push(`${type} ${object.metadata.name}`),
      () => undefined,
    );
    const relabel = (name: string, app: string) =>
      cluster.store.mutate('Pod', 'default', name, pod => {
        pod.metadata.labels = { app };
      });
    await waitUntil('the list was sent', () => seen.length === 1);
    relabel('other', 'shop');
    relabel('other', 'quarantine');
    cluster.store.delete('Pod', 'default', 'old');
    await waitUntil('all was seen', () => seen.length === 4);
    controller.abort();
    expect(seen).toEqual([
      'ADDED old',
      'ADDED other',
      'DELETED other',
      'DELETED old',
    ]);
  });

  it('keeps an informer up to date', async () => {
    await createPod('one');
    const informer = k8s.makeInformer(
      config,
      '/api/v1/namespaces/default/pods',
      () => core.listNamespacedPod({ namespace: 'default' }),
    );
    await informer.start();
    await createPod('two');
    await waitUntil('both are known', () => informer.list().length === 2);
    await informer.stop();
    expect(informer.get('two', 'default')?.metadata?.uid).toBeDefined();
  });

  it('replays from a version, and says when it has forgotten', async () => {
    const watch = (from: number) =>
      request(
        cluster,
        `/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=${from}`,
      );
    const { revision } = cluster.store;
    await createPod('p');
    const { body } = await watch(revision);
    const [event] = body.trim().split('\n').map(JSON.parse);
    expect(event).toMatchObject({
      type: 'ADDED',
      object: { metadata: { name: 'p' } },
    });

    // More changes than are remembered.
    for (let count = 0; count < 101; count++) {
      cluster.store.mutate('Pod', 'default', 'p', pod => {
        pod.metadata.labels = { count: String(count) };
      });
    }
    const [error] = (await watch(revision)).body.trim().split('\n');
    expect(JSON.parse(error)).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
  });
});
