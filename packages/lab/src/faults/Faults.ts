/** What can be made to go wrong in a cluster, for tests and demonstrations. */
export const FAULT_NAMES = ['restore-fails'] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

export interface Fault {
  /** The cluster's name. */
  cluster: string;
  fault: FaultName;
  /** What the container runtime says instead of the recorded message. */
  message?: string;
}

/** The faults that are switched on, shared by all parts of the lab. */
export class Faults {
  readonly #active = new Map<string, Fault>();

  set(fault: Fault): void {
    this.#active.set(keyOf(fault.cluster, fault.fault), fault);
  }

  clear(cluster: string, fault: FaultName): void {
    this.#active.delete(keyOf(cluster, fault));
  }

  find(cluster: string, fault: FaultName): Fault | undefined {
    return this.#active.get(keyOf(cluster, fault));
  }

  list(): Fault[] {
    return [...this.#active.values()];
  }
}

function keyOf(cluster: string, fault: FaultName): string {
  return `${cluster}/${fault}`;
}
