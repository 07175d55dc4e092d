import type { KubeObject, ObjectDraft } from '../api/ClusterStore';
import { ObjectStore, formatTime } from '../api/store';
import { allControllers, runControllers } from '../controllers';
import { waitUntil } from './waitUntil';

/** A cluster's store with its controllers, and nodes that do only what a test tells them. */
export class TestCluster {
  private readonly errors: unknown[] = [];
  readonly store = new ObjectStore({
    onListenerError: error => this.errors.push(error),
  });
  private stopControllers: () => void = () => undefined;

  static async start(): Promise<TestCluster> {
    const cluster = new TestCluster();
    const { store } = cluster;
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default' },
    });
    cluster.stopControllers = runControllers(
      store,
      allControllers(store, { caPem: 'CA' }),
      (_controller, error) => cluster.errors.push(error),
    );
    await waitUntil('the namespace is complete', () =>
      store.get('ServiceAccount', 'default', 'default'),
    );
    return cluster;
  }

  /** Stops the controllers; throws what went wrong in one of them. */
  stop(): void {
    this.stopControllers();
    if (this.errors.length > 0) {
      throw this.errors[0];
    }
  }

  /** What went wrong so far, if that is as it should be. */
  takeErrors(): unknown[] {
    return this.errors.splice(0);
  }

  addNode(name: string, content: Partial<KubeObject> = {}): KubeObject {
    return this.store.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      spec: {},
      status: {
        allocatable: { cpu: '2', memory: '1Gi', pods: '110' },
        conditions: [{ type: 'Ready', status: 'True' }],
      },
      ...content,
    });
  }

  create(draft: ObjectDraft): KubeObject {
    return this.store.create({
      ...draft,
      metadata: { namespace: 'default', ...draft.metadata },
    });
  }

  pods(): KubeObject[] {
    return this.store.list('Pod', 'default');
  }

  /** Plays the kubelet: the pod's containers run and are ready. */
  runPod(name: string, isReady = true): KubeObject {
    return this.store.mutate('Pod', 'default', name, pod => {
      const status = isReady ? 'True' : 'False';
      pod.status = {
        ...pod.status,
        phase: 'Running',
        conditions: [
          ...(pod.status.conditions ?? []).filter(
            (c: any) => c.type !== 'ContainersReady',
          ),
          { type: 'ContainersReady', status, lastTransitionTime: formatTime() },
        ],
      };
    })!;
  }

  /** Plays the kubelet: the pod's containers ended. */
  endPod(name: string, phase: 'Succeeded' | 'Failed'): void {
    this.store.mutate('Pod', 'default', name, pod => {
      pod.status = { ...pod.status, phase, conditions: [] };
    });
  }

  /** Plays the kubelet: pods that are to go are gone. */
  removeTerminatedPods(): void {
    for (const { metadata } of this.pods()) {
      if (metadata.deletionTimestamp) {
        this.store.delete('Pod', 'default', metadata.name, {
          uid: metadata.uid,
          gracePeriodSeconds: 0,
        });
      }
    }
  }
}

/** The smallest pod spec. */
export const POD_SPEC = {
  containers: [{ name: 'app', image: 'demo/counter:1' }],
};
