import { Kinds, KubePod } from '../../clusters';
import {
  readConfig,
  samplePod,
  startClusters,
} from '../__testUtils__/samplePlan';

const demo = (name: string) => ({ metadata: { namespace: 'demo', name } });

function changed(change: (pod: KubePod) => void) {
  const pod = samplePod();
  change(pod);
  return pod;
}

describe('what a plan says of objects around the pod', () => {
  it('shows what differs in a ConfigMap, and copies one that is missing only on request', async () => {
    const { plan, source, target } = await startClusters(
      changed(pod => {
        pod.spec!.containers[0].envFrom = [
          { configMapRef: { name: 'here' } },
          { configMapRef: { name: 'there' } },
        ];
      }),
    );
    await source.create('ConfigMap', { ...demo('here'), data: { a: '1' } });
    await source.create('ConfigMap', { ...demo('there'), data: { b: '1' } });
    await target.create('ConfigMap', { ...demo('there'), data: { b: '2' } });
    expect((await plan()).blockers).toEqual(['references-missing']);

    const copying = await plan({ copyConfigMaps: true });
    expect(copying.blockers).toEqual([]);
    expect(copying.warnings).toEqual(['references-differ']);
    const [here, there] = copying.plan.references;
    expect(here).toMatchObject({ state: 'missing', isCopied: true });
    expect(there).toMatchObject({ state: 'different', isCopied: false });
    expect(there.diff).toContain('-b: 1\n+b: 2');
  });

  it('reads Secrets only to copy them, and tells no value', async () => {
    const { plan, source, target } = await startClusters(
      changed(pod => {
        pod.spec!.volumes!.push({ name: 's', secret: { secretName: 'key' } });
      }),
    );
    const secret: Kinds['Secret'] = { ...demo('key'), data: { k: 'aHVzaA==' } };
    await source.create('Secret', secret);
    await target.create('Secret', secret);
    const read: string[] = [];
    source.refuse = (_verb, path) => {
      if (path.includes('demo/secrets')) read.push(path);
      return undefined;
    };
    const looked = await plan();
    expect(read).toEqual([]);
    expect(looked.plan.references[0]).toMatchObject({ state: 'present' });

    const compared = await plan({ copySecrets: true });
    expect(read).not.toEqual([]);
    expect(compared.plan.references[0]).toMatchObject({ state: 'same' });
    expect(JSON.stringify([compared.plan, compared.inventory])).not.toContain(
      'aHVzaA',
    );
  });

  it('goes on where it may not look, and says so', async () => {
    const { plan, target } = await startClusters(
      changed(pod => {
        pod.spec!.volumes!.push({ name: 's', secret: { secretName: 'key' } });
      }),
    );
    target.refuse = (_verb, path) =>
      /nodes|secrets|autoscalers|policies/.test(path) ? 'Forbidden' : undefined;
    const found = await plan();
    expect(found.blockers).toEqual([]);
    expect(found.warnings).toEqual([
      'references-unreadable',
      'nodes-unreadable',
    ]);
  });

  it('misses the Secrets that config names, where it may look', async () => {
    const { plan, source, target } = await startClusters();
    const config = readConfig(
      {},
      {
        courier: {
          image: 'r:5000/courier@sha256:1',
          signingSecret: 'signing',
          imagePullSecrets: ['a', 'b'],
        },
        registry: { host: 'r:5000', pullSecrets: ['login', 'mirror'] },
      },
    );
    const missing = async () =>
      (await plan({}, { config })).plan.blockers.map(({ object }) => object);
    expect(await missing()).toEqual([
      'Secret cubemig/signing',
      'Secret cubemig/a',
      'Secret cubemig/b',
      'Secret demo/login',
      'Secret demo/mirror',
    ]);
    await source.create('Secret', {
      metadata: { namespace: 'cubemig', name: 'b' },
    });
    await target.create('Secret', demo('mirror'));
    expect(await missing()).toEqual(['Secret cubemig/signing']);
    source.refuse = (_verb, path) =>
      path.includes('secrets') ? 'Forbidden' : undefined;
    expect(await missing()).toEqual([]);
  });

  it('warns of everybody else who sets the number of replicas', async () => {
    const { plan, source } = await startClusters(
      changed(pod => {
        pod.metadata!.labels = { app: 'counter' };
        pod.metadata!.ownerReferences = [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: 'counter-1',
            uid: 'r',
            controller: true,
          },
        ];
      }),
    );
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'counter',
      uid: 'd',
      controller: true,
    };
    const selector = { matchLabels: { app: 'counter' } };
    const template = { metadata: { labels: { app: 'counter' } } };
    const replicaSet = await source.create('ReplicaSet', {
      metadata: {
        namespace: 'demo',
        name: 'counter-1',
        ownerReferences: [owner],
      },
      spec: { replicas: 1, selector, template },
    });
    const pod = (await source.get('Pod', {
      namespace: 'demo',
      name: 'counter',
    }))!;
    await source.patch(
      'Pod',
      { namespace: 'demo', name: 'counter' },
      {
        metadata: {
          ownerReferences: [
            {
              ...pod.metadata!.ownerReferences![0],
              uid: replicaSet.metadata!.uid,
            },
          ],
        },
      },
    );
    await source.create('Deployment', {
      metadata: {
        namespace: 'demo',
        name: 'counter',
        annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps' },
      },
      spec: { replicas: 1, selector, template },
    });
    await source.create('HorizontalPodAutoscaler', {
      ...demo('counter'),
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { kind: 'Deployment', name: 'counter' },
      },
    });
    await source.create('PodDisruptionBudget', {
      ...demo('counter'),
      spec: { selector },
      status: {
        disruptionsAllowed: 0,
        currentHealthy: 1,
        desiredHealthy: 1,
        expectedPods: 1,
      },
    });
    const found = await plan();
    expect(found.blockers).toEqual([]);
    expect(found.warnings).toEqual([
      'managed-by-gitops',
      'autoscaled',
      'disruption-budget',
    ]);
    expect(found.plan.actions.at(-1)).toMatchObject({
      verb: 'change',
      kind: 'Deployment',
      cluster: 'c1',
      isUndone: false,
    });
  });
});
