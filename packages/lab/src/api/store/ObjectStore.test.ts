import type { WatchEvent } from '../ClusterStore';
import { ObjectStore } from './ObjectStore';

const flush = () => new Promise<void>(resolve => setImmediate(resolve));

function setUp() {
  const errors: unknown[] = [];
  const store = new ObjectStore({ onListenerError: e => errors.push(e) });
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'demo' },
  });
  store.create({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'demo' },
  });
  const createPod = (name: string, content: object = {}) =>
    store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'demo' },
      spec: {
        containers: [{ name: 'app', image: 'demo/counter:1' }],
        ...content,
      },
    });
  return { store, errors, createPod };
}

describe('ObjectStore', () => {
  it('completes the metadata of what is created', () => {
    const { store } = setUp();
    const created = store.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { generateName: 'shop-', namespace: 'demo' },
      spec: {
        selector: { matchLabels: { app: 'shop' } },
        template: {
          metadata: { labels: { app: 'shop' } },
          spec: { containers: [{ name: 'a', image: 'b' }] },
        },
      },
    });
    expect(created.metadata).toMatchObject({
      name: expect.stringMatching(/^shop-[bcdfghjklmnpqrstvwxz2456789]{5}$/),
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      creationTimestamp: expect.stringMatching(/^[\d-]+T[\d:]+Z$/),
      generation: 1,
      resourceVersion: String(store.revision),
    });
  });

  it('refuses with the words of Kubernetes', () => {
    const { store, createPod } = setUp();
    createPod('p');
    expect(() => createPod('p')).toThrow(
      expect.objectContaining({
        code: 409,
        reason: 'AlreadyExists',
        message: 'pods "p" already exists',
      }),
    );
    expect(() => createPod('Bad')).toThrow(
      expect.objectContaining({
        code: 422,
        message: expect.stringContaining(
          'Pod "Bad" is invalid: metadata.name: Invalid value: "Bad": a lowercase RFC 1123 subdomain',
        ),
      }),
    );
    expect(() => createPod('empty', { containers: [] })).toThrow(
      'Pod "empty" is invalid: spec.containers: Required value',
    );
    expect(() => createPod('who', { serviceAccountName: 'nobody' })).toThrow(
      'pods "who" is forbidden: error looking up service account demo/nobody: serviceaccount "nobody" not found',
    );
    expect(() =>
      store.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c', namespace: 'nowhere' },
      }),
    ).toThrow('namespaces "nowhere" not found');
    expect(() => store.delete('Job', 'demo', 'none')).toThrow(
      'jobs.batch "none" not found',
    );
  });

  it('counts a generation where the spec changes, and stores nothing where nothing changes', () => {
    const { store, createPod } = setUp();
    const pod = createPod('p');
    const same = store.mutate('Pod', 'demo', 'p', () => undefined)!;
    expect(same.metadata.resourceVersion).toBe(pod.metadata.resourceVersion);
    const bound = store.mutate('Pod', 'demo', 'p', stored => {
      stored.spec.nodeName = 'n';
      stored.status.phase = 'Running';
    })!;
    expect(bound.metadata.generation).toBe(1);
    const changed = store.mutate('Pod', 'demo', 'p', stored => {
      stored.spec.containers[0].image = 'demo/counter:2';
    })!;
    expect(changed.metadata.generation).toBe(2);
    expect(
      store.mutate('Pod', 'demo', 'p', () => undefined, { uid: 'other' }),
    ).toBeUndefined();
  });

  it('refuses an update on top of an older version', () => {
    const { store, createPod } = setUp();
    const pod = createPod('p');
    store.mutate('Pod', 'demo', 'p', stored => {
      stored.metadata.labels = { a: 'b' };
    });
    expect(() => store.update(pod)).toThrow(
      expect.objectContaining({
        code: 409,
        message:
          'Operation cannot be fulfilled on pods "p": the object has been modified; please apply your changes to the latest version and try again',
      }),
    );
  });

  it("keeps a pod's spec as it is, its image and deadlines aside", () => {
    const { store, createPod } = setUp();
    const pod = createPod('p');
    expect(() =>
      store.update({ ...pod, spec: { ...pod.spec, hostname: 'x' } }),
    ).toThrow(/spec: Forbidden: pod updates may not change fields other than/);
    pod.spec.containers[0].image = 'demo/counter:2';
    expect(store.update(pod).spec.containers[0].image).toBe('demo/counter:2');
  });

  it('marks a pod on a node as being deleted, and removes one that no node has', () => {
    const { store, createPod } = setUp();
    createPod('free');
    store.delete('Pod', 'demo', 'free');
    expect(store.get('Pod', 'demo', 'free')).toBeUndefined();

    const { metadata } = createPod('bound', { nodeName: 'n' });
    store.delete('Pod', 'demo', 'bound', { gracePeriodSeconds: 5 });
    expect(store.get('Pod', 'demo', 'bound')!.metadata).toMatchObject({
      deletionGracePeriodSeconds: 5,
      deletionTimestamp: expect.any(String),
    });
    expect(() =>
      store.delete('Pod', 'demo', 'bound', {
        uid: 'other',
        gracePeriodSeconds: 0,
      }),
    ).toThrow(expect.objectContaining({ code: 409 }));
    store.delete('Pod', 'demo', 'bound', {
      uid: metadata.uid,
      gracePeriodSeconds: 0,
    });
    expect(store.get('Pod', 'demo', 'bound')).toBeUndefined();
  });

  it('keeps an object until its last finalizer is gone', () => {
    const { store } = setUp();
    store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'demo', finalizers: ['x/y'] },
    });
    store.delete('ConfigMap', 'demo', 'c');
    expect(
      store.get('ConfigMap', 'demo', 'c')!.metadata.deletionTimestamp,
    ).toBeDefined();
    store.mutate('ConfigMap', 'demo', 'c', ({ metadata }) => {
      metadata.finalizers = [];
    });
    expect(store.get('ConfigMap', 'demo', 'c')).toBeUndefined();
  });

  it('opens the way for traffic at once when a readiness gate is opened', () => {
    const { store, createPod } = setUp();
    createPod('p', { readinessGates: [{ conditionType: 'x/ok' }] });
    const readyAfter = (type: string) =>
      store
        .mutate('Pod', 'demo', 'p', ({ status }) => {
          status.conditions = [
            ...(status.conditions ?? []),
            { type, status: 'True' },
          ];
        })!
        .status.conditions.find((c: any) => c.type === 'Ready').status;
    expect(readyAfter('ContainersReady')).toBe('False');
    expect(readyAfter('x/ok')).toBe('True');
  });

  it('tells changes in order, each listener with a copy of its own', async () => {
    const { store, errors, createPod } = setUp();
    const seen: string[] = [];
    const stop = store.subscribe('Pod', ({ type, object }: WatchEvent) => {
      seen.push(`${type} ${object.metadata.labels?.step ?? 0}`);
      if (type === 'ADDED') {
        // A change made while listening is told after the one that caused it.
        store.mutate('Pod', 'demo', 'p', ({ metadata }) => {
          metadata.labels = { step: '1' };
        });
        throw new Error('a broken listener');
      }
      object.metadata.labels = { step: 'scribbled' };
    });
    const late: string[] = [];
    createPod('p');
    store.subscribe('Pod', ({ type }) => late.push(type));
    await flush();
    store.delete('Pod', 'demo', 'p');
    await flush();
    stop();
    expect(seen).toEqual(['ADDED 0', 'MODIFIED 1', 'DELETED 1']);
    expect(late).toEqual(['MODIFIED', 'DELETED']);
    expect(errors).toEqual([new Error('a broken listener')]);
  });

  it('forgets old changes', () => {
    const store = new ObjectStore({
      onListenerError: () => undefined,
      rememberedChanges: 2,
    });
    const start = store.revision;
    for (const name of ['a', 'b', 'c']) {
      store.create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    expect(() => store.log.since(start)).toThrow(
      expect.objectContaining({ code: 410, reason: 'Expired' }),
    );
    expect(
      store.log.since(start + 1).map(({ object }) => object.metadata.name),
    ).toEqual(['b', 'c']);
  });
});
