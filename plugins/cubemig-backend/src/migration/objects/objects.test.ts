import { KubeDeployment, KubePod, KubeReplicaSet } from '../../clusters';
import pods from '../../pods/__fixtures__/pod-list-source.json';
import restoredPods from '../../pods/__fixtures__/pod-list-target.json';
import replicaSetList from '../../pods/__fixtures__/replicaset-list-adopted.json';
import deploymentList from './__fixtures__/deployment-list-adopted.json';
import { buildPrePullPod } from './buildPrePullPod';
import { buildRestoredPod } from './buildRestoredPod';
import { checkpointRepository, podTemplateHash } from './names';
import { planCutOver } from './planCutOver';

const migration = '0f8fad5b-d9cb-469f-a165-70867728950e';
const recorded = [...pods.items, ...restoredPods.items] as unknown as KubePod[];
const deployment = deploymentList.items[0] as unknown as KubeDeployment;
const replicaSet = replicaSetList.items[0] as unknown as KubeReplicaSet;

function podNamed(name: string): KubePod {
  return structuredClone(recorded.find(pod => pod.metadata?.name === name)!);
}

describe('buildPrePullPod', () => {
  const options = {
    migration,
    namespace: 'default',
    containers: ['counter', 'producer', 'consumer'],
    architecture: 'amd64',
    timeoutSeconds: 300,
  };

  it('pulls each base image by digest and lets the scheduler choose the node', () => {
    const pod = buildPrePullPod(podNamed('duo'), options);
    expect(pod.spec!.containers.map(c => c.image)).toEqual([
      expect.stringMatching(/busybox@sha256:[0-9a-f]{64}$/),
      expect.stringMatching(/python@sha256:[0-9a-f]{64}$/),
    ]);
    expect(pod.spec).not.toHaveProperty('nodeName');
    expect(pod.metadata!.labels).not.toHaveProperty('app');
  });

  it('takes the base image of a pod that was itself restored', () => {
    const pod = buildPrePullPod(podNamed('counter-restored'), options);
    expect(pod.spec!.containers[0].image).toMatch(/busybox@sha256:/);
  });
});

describe('buildRestoredPod', () => {
  const options = {
    migration,
    sourceCluster: 'cluster1',
    node: 'node-c2',
    images: { counter: 'r:5000/cubemig/x@sha256:abc' },
    pullSecrets: ['registry'],
    place: { namespace: 'default', pod: 'counter' },
    takesOver: true,
  };

  it('continues a pod of the source cluster in the target', () => {
    const restored = buildRestoredPod(podNamed('counter'), options);
    expect(restored.metadata).toEqual({
      name: 'counter',
      namespace: 'default',
      labels: {
        app: 'counter',
        'cubemig.io/migration': migration,
        'cubemig.io/source-cluster': 'cluster1',
        'cubemig.io/hops': '1',
      },
      annotations: {
        'controller.kubernetes.io/pod-deletion-cost': '2147483647',
      },
    });
    expect(restored.spec).toMatchObject({
      nodeName: 'node-c2',
      restartPolicy: 'Never',
      automountServiceAccountToken: true,
      serviceAccountName: 'default',
      volumes: [],
      readinessGates: [{ conditionType: 'cubemig.io/validated' }],
      imagePullSecrets: [{ name: 'registry' }],
      containers: [
        {
          name: 'counter',
          image: 'r:5000/cubemig/x@sha256:abc',
          volumeMounts: [],
        },
      ],
    });
    expect(restored.spec).not.toHaveProperty('priority');
    expect(restored).not.toHaveProperty('status');
  });

  it('leaves the owner and the hash of the source cluster behind', () => {
    const restored = buildRestoredPod(
      podNamed('counter-cm1a2b3c-ghzw6'),
      options,
    );
    expect(restored.metadata).not.toHaveProperty('ownerReferences');
    expect(restored.metadata!.labels).not.toHaveProperty('pod-template-hash');
  });

  it('keeps the volumes and the user that the dump remembers', () => {
    const source = podNamed('duo');
    source.spec!.securityContext = { runAsUser: 1000, runAsGroup: 1000 };
    const restored = buildRestoredPod(source, {
      ...options,
      images: { producer: 'a@sha256:1', consumer: 'b@sha256:2' },
    });
    expect(restored.spec!.securityContext).toEqual({
      runAsUser: 1000,
      runAsGroup: 1000,
    });
    expect(restored.spec!.volumes!.map(v => v.name)).toEqual(['shared']);
    for (const container of restored.spec!.containers) {
      expect(container.volumeMounts).toEqual([
        { name: 'shared', mountPath: '/data' },
      ]);
    }
  });

  it('counts the hops, and keeps a field that no type names', () => {
    const source = podNamed('counter');
    source.metadata!.labels!['cubemig.io/hops'] = '1';
    Object.assign(source.spec!, { fieldOfAnotherYear: { x: 1 } });
    const restored = buildRestoredPod(source, options);
    expect(restored.metadata!.labels!['cubemig.io/hops']).toBe('2');
    expect(restored.spec).toHaveProperty('fieldOfAnotherYear', { x: 1 });
  });
});

describe('planCutOver', () => {
  const pod = podNamed('counter-cm1a2b3c-ghzw6');

  const namespace = 'default';

  it("joins the target's Deployment through its active ReplicaSet", () => {
    expect(
      planCutOver(
        migration,
        { pod, deployment },
        { namespace, deployment, replicaSets: [replicaSet] },
      ),
    ).toEqual({
      kind: 'join',
      deployment: 'counter',
      replicaSet: 'counter-cm1a2b3c',
      hash: 'cm1a2b3c',
    });
  });

  it('refuses a Deployment that would not select the pod', () => {
    const other = structuredClone(deployment);
    other.spec!.selector.matchLabels = { app: 'other' };
    expect(() =>
      planCutOver(
        migration,
        { pod, deployment },
        { namespace, deployment: other, replicaSets: [] },
      ),
    ).toThrow('does not select pods');
  });

  it('refuses a Deployment in the middle of a rollout', () => {
    const old = structuredClone(replicaSet);
    old.metadata!.annotations = { 'deployment.kubernetes.io/revision': '0' };
    expect(() =>
      planCutOver(
        migration,
        { pod, deployment },
        { namespace, deployment, replicaSets: [replicaSet, old] },
      ),
    ).toThrow('middle of a rollout');
  });

  it('makes a Deployment whose template equals its ReplicaSet apart from the hash', () => {
    const plan = planCutOver(
      migration,
      { pod, deployment },
      { namespace, replicaSets: [] },
    );
    if (plan.kind !== 'create') throw new Error(plan.kind);
    expect(plan.hash).toBe('cm0f8fad5b');
    expect(plan.replicaSet.metadata!.name).toBe('counter-cm0f8fad5b');
    const { 'pod-template-hash': hash, ...labels } =
      plan.replicaSet.spec!.template!.metadata!.labels!;
    expect(hash).toBe(plan.hash);
    expect(labels).toEqual(plan.deployment.spec!.template.metadata!.labels);
    expect(plan.replicaSet.spec!.template!.spec).toEqual(
      plan.deployment.spec!.template.spec,
    );
    expect(plan.replicaSet.spec!.selector.matchLabels).toMatchObject({
      'pod-template-hash': hash,
    });
    expect(plan.deployment.spec!.selector.matchLabels).not.toHaveProperty(
      'pod-template-hash',
    );
    expect(plan.deployment.spec!.replicas).toBe(1);
    expect(plan.deployment.metadata).not.toHaveProperty('uid');
  });
});

describe('names', () => {
  it.each([
    [
      { cluster: 'cluster1', namespace: 'demo', workload: 'counter' },
      'cubemig/cluster1/demo/counter',
    ],
    [
      { cluster: 'EU_West 1', namespace: 'demo', workload: 'a.b' },
      'cubemig/eu-west-1/demo/a-b',
    ],
    [{ cluster: '..', namespace: 'demo', workload: 'x' }, 'cubemig/x/demo/x'],
  ])('makes a repository of %j', (source, repository) => {
    expect(checkpointRepository('cubemig', source)).toBe(repository);
  });

  it('makes a hash that is no hash of Kubernetes', () => {
    expect(podTemplateHash(migration)).toMatch(/^cm[0-9a-f]{8}$/);
  });
});
