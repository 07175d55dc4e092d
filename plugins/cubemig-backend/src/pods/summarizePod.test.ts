import { KubeNode, KubePod, KubeReplicaSet } from '../clusters';
import nodes from './__fixtures__/node-list.json';
import source from './__fixtures__/pod-list-source.json';
import target from './__fixtures__/pod-list-target.json';
import replicaSetList from './__fixtures__/replicaset-list-adopted.json';
import { summarizePod } from './summarizePod';

const replicaSets = replicaSetList.items as unknown as KubeReplicaSet[];
const node = nodes.items[0] as unknown as KubeNode;
const recorded = [...source.items, ...target.items] as unknown as KubePod[];

function podNamed(name: string): KubePod {
  return structuredClone(recorded.find(pod => pod.metadata?.name === name)!);
}

function summarize(pod: KubePod) {
  return summarizePod(pod, { cluster: 'c1', replicaSets, node });
}

describe('summarizePod', () => {
  it('tells what a running bare pod is', () => {
    expect(summarize(podNamed('counter'))).toEqual({
      cluster: 'c1',
      namespace: 'default',
      name: 'counter',
      uid: '3488eaef-3c02-4823-a813-0526884926fd',
      owner: undefined,
      node: 'node-c1',
      status: 'Running',
      ready: true,
      restarts: 0,
      createdAt: '2026-11-23T00:20:29Z',
      containers: [{ name: 'counter', image: '10.77.0.1:5000/busybox:1' }],
      obstacle: undefined,
      restoredBy: undefined,
    });
  });

  it('finds the Deployment behind the ReplicaSet', () => {
    expect(summarize(podNamed('counter-cm1a2b3c-ghzw6')).owner).toEqual({
      kind: 'Deployment',
      name: 'counter',
    });
  });

  it.each([
    ['counter-gen2', 'pod-not-running'],
    ['counter-cm1a2b3c-restored', 'pod-not-running'],
  ])('says why %s cannot be migrated', (name, code) => {
    expect(summarize(podNamed(name)).obstacle?.code).toBe(code);
  });

  it('shows the status that kubectl shows', () => {
    expect(summarize(podNamed('counter-gen2')).status).toBe(
      'RunContainerError',
    );
    expect(summarize(podNamed('counter-cm1a2b3c-restored')).status).toBe(
      'Error',
    );
    expect(summarize(podNamed('counter-restored')).restarts).toBe(1);
  });

  it.each<[string, (pod: KubePod) => void]>([
    [
      'pod-terminating',
      pod => {
        pod.metadata!.deletionTimestamp = '2026-11-23T01:00:00Z';
      },
    ],
    [
      'pod-not-ready',
      pod => {
        pod.status!.conditions!.find(c => c.type === 'Ready')!.status = 'False';
      },
    ],
    [
      'host-namespaces',
      pod => {
        pod.spec!.hostNetwork = true;
      },
    ],
    [
      'host-volume',
      pod => {
        pod.spec!.volumes!.push({ name: 'd', hostPath: { path: '/d' } });
      },
    ],
    [
      'owner-unsupported',
      pod => {
        pod.metadata!.ownerReferences = [
          {
            apiVersion: 'apps/v1',
            kind: 'DaemonSet',
            name: 'd',
            uid: 'u',
            controller: true,
          },
        ];
      },
    ],
  ])('finds the obstacle %s', (code, change) => {
    const pod = podNamed('counter');
    change(pod);
    expect(summarize(pod).obstacle?.code).toBe(code);
  });

  it.each([
    ['docker://24.0.1', 'v1.36.2', 'runtime-unsupported'],
    ['containerd://1.7.20', 'v1.36.2', 'runtime-too-old'],
    ['cri-o://1.37.0', 'v1.29.4', 'kubelet-too-old'],
    ['cri-o://1.37.0', 'v1.36.2', undefined],
  ])(
    'judges a node with %s and Kubernetes %s',
    (containerRuntimeVersion, kubeletVersion, code) => {
      const changed = structuredClone(node);
      Object.assign(changed.status!.nodeInfo!, {
        containerRuntimeVersion,
        kubeletVersion,
      });
      const pod = summarizePod(podNamed('counter'), {
        cluster: 'c1',
        replicaSets,
        node: changed,
      });
      expect(pod.obstacle?.code).toBe(code);
    },
  );
});
