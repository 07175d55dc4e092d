import type { NewContainer } from '../TrackedContainer';
import type { SeenCall, SystemEvent } from './SystemEvent';

/** Tells those who watch a node what its processes do. */
export class SystemEvents {
  readonly #watchers = new Set<(event: SystemEvent) => void>();

  /** Returns how to stop. */
  watch(watcher: (event: SystemEvent) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Seen in a container, or on the node itself. */
  tell(seen: SeenCall, container?: NewContainer): void {
    const event: SystemEvent = {
      ...seen,
      time: currentNanoseconds(),
      container: container && {
        id: container.id,
        name: container.spec.name,
        image: container.spec.image.reference,
        podName: container.sandbox.spec.podName,
        podNamespace: container.sandbox.spec.podNamespace,
      },
    };
    this.#watchers.forEach(watch => watch(event));
  }
}

/** The clock has milliseconds; the rest tells events apart. */
function currentNanoseconds(): bigint {
  return (
    BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n)
  );
}
