import { RuntimeError } from './ContainerRuntime';

const FIRST = 2;
const LAST = 254;

/** Hands out the addresses of a node's pods in turn, so that one just freed is not used again at once. */
export class PodAddresses {
  readonly #taken = new Set<string>();
  #last = FIRST - 1;

  /** `prefix` is the first three octets. */
  constructor(private readonly prefix: string) {}

  take(): string {
    for (let tries = FIRST; tries <= LAST; tries += 1) {
      this.#last = this.#last >= LAST ? FIRST : this.#last + 1;
      const address = `${this.prefix}.${this.#last}`;
      if (!this.#taken.has(address)) {
        this.#taken.add(address);
        return address;
      }
    }
    throw new RuntimeError(
      'failed to allocate for range 0: no IP addresses available in range set',
    );
  }

  free(address: string): void {
    this.#taken.delete(address);
  }
}
