import { faultKind, type FaultName } from './faultKinds';

/** A fault that is switched on. */
export interface Fault {
  fault: FaultName;
  /** The cluster's name; absent for the registry. */
  cluster?: string;
  /** Strikes one node alone, where its place is a node. */
  node?: string;
  /** A cause by its name in the table. */
  cause?: string;
  /** What is said instead of what the table knows. */
  message?: string;
  seconds?: number;
  bytes?: number;
  /** How often it strikes before it is over; without it until it is switched off. */
  times?: number;
}

/** Where something asks whether a fault strikes it. */
export interface Place {
  cluster?: string;
  node?: string;
}

/** The faults that are switched on, shared by all parts of the lab. */
export class Faults {
  readonly #active = new Map<string, Fault>();
  readonly #listeners = new Set<() => void>();

  set(fault: Fault): void {
    this.#active.set(keyOf(fault.fault, fault), fault);
    this.#tell();
  }

  clear(name: FaultName, place: Place = {}): void {
    if (this.#active.delete(keyOf(name, place))) {
      this.#tell();
    }
  }

  clearAll(): void {
    this.#active.clear();
    this.#tell();
  }

  /** The fault that strikes a place, if one does; of one node before that of its whole cluster. */
  find(name: FaultName, { cluster, node }: Place = {}): Fault | undefined {
    return (
      this.#active.get(keyOf(name, { cluster, node })) ??
      this.#active.get(keyOf(name, { cluster }))
    );
  }

  /** As {@link find}, and counts: a fault with `times` is over after so many strikes. */
  strike(name: FaultName, place: Place = {}): Fault | undefined {
    const fault = this.find(name, place);
    if (fault?.times !== undefined) {
      if (fault.times > 1) {
        this.set({ ...fault, times: fault.times - 1 });
      } else {
        this.clear(name, fault);
      }
    }
    return fault;
  }

  list(): Fault[] {
    return [...this.#active.values()];
  }

  /** Calls back whenever a fault is switched on or off; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    [...this.#listeners].forEach(listener => listener());
  }
}

/** What a fault makes somebody say: its own message, its cause's, or that of the table's first cause. */
export function messageOf({ fault, message, cause }: Fault): string {
  const { causes = {} } = faultKind(fault);
  return (
    message ?? (cause ? causes[cause] : undefined) ?? Object.values(causes)[0]
  );
}

/** How many seconds a fault lasts, or how long it makes others wait. */
export function secondsOf({ fault, seconds }: Fault): number {
  return seconds ?? faultKind(fault).seconds ?? 0;
}

/** After how many bytes a fault cuts. */
export function bytesOf({ fault, bytes }: Fault): number {
  return bytes ?? faultKind(fault).bytes ?? 0;
}

function keyOf(name: FaultName, { cluster = '', node = '' }: Place): string {
  return `${name}/${cluster}/${node}`;
}
