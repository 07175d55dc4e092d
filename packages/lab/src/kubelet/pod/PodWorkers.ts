import type { KubeObject } from '../../api/ClusterStore';
import type { NodeContext } from '../NodeContext';
import { suffersFrom } from '../nodeFaults';
import { PodWorker } from './PodWorker';

const DEFAULT_GRACE_SECONDS = 30;

/** All pods of a node. Follows the cluster's store: what is bound to the node is run, what is deleted is stopped. */
export class PodWorkers {
  /** By the pods' uids. */
  readonly #workers = new Map<string, PodWorker>();
  #unsubscribe = () => {};
  #wasKilled = false;

  constructor(
    private readonly node: NodeContext,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    const { store } = this.node;
    const unsubscribe = store.subscribe('Pod', ({ type, object }) =>
      type === 'DELETED' ? this.#forget(object) : this.#sync(object),
    );
    store.list('Pod').forEach(pod => this.#sync(pod));
    const stopListening = this.node.faults.onChange(() => this.#feelNode());
    this.#unsubscribe = () => {
      unsubscribe();
      stopListening();
    };
  }

  find(namespace: string, name: string): PodWorker | undefined {
    return [...this.#workers.values()].find(
      ({ pod }) =>
        pod.metadata.namespace === namespace && pod.metadata.name === name,
    );
  }

  list(): PodWorker[] {
    return [...this.#workers.values()];
  }

  /** Kills everything and tells nobody: the node is going down. */
  async close(): Promise<void> {
    this.#unsubscribe();
    await Promise.all(this.list().map(worker => worker.forget()));
    this.#workers.clear();
  }

  #feelNode(): void {
    const isKilled = suffersFrom(this.node, 'node-killed');
    if (isKilled === this.#wasKilled) {
      return;
    }
    this.#wasKilled = isKilled;
    for (const worker of this.list()) {
      worker.feelNode().catch(this.onError);
    }
    if (!isKilled) {
      this.node.store.list('Pod').forEach(pod => this.#sync(pod));
    }
  }

  #sync(pod: KubeObject): void {
    // Nobody there hears of it; it is caught up on when the node is back.
    if (
      pod.spec.nodeName !== this.node.nodeName ||
      suffersFrom(this.node, 'node-killed')
    ) {
      return;
    }
    const { uid, deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    let worker = this.#workers.get(uid);
    if (!worker) {
      worker = new PodWorker(this.node, pod, this.onError);
      this.#workers.set(uid, worker);
      if (!deletionTimestamp) {
        worker.start();
      }
    }
    if (deletionTimestamp) {
      this.#remove(worker, () =>
        worker.terminate(deletionGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS),
      );
    }
  }

  #forget({ metadata }: KubeObject): void {
    const worker = this.#workers.get(metadata.uid);
    if (worker) {
      this.#remove(worker, () => worker.forget());
    }
  }

  #remove(worker: PodWorker, end: () => Promise<void>): void {
    end()
      .catch(this.onError)
      .finally(() => this.#workers.delete(worker.pod.metadata.uid));
  }
}
