/** Holds a container's programs still: what would happen meanwhile happens, in order, when they are let go. */
export class Freezer {
  #isFrozen = false;
  #deferred: (() => void)[] = [];
  readonly #onChange: ((isFrozen: boolean) => void)[] = [];

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Calls back at each freeze and thaw. */
  onChange(listener: (isFrozen: boolean) => void): void {
    this.#onChange.push(listener);
  }

  freeze(): void {
    this.#isFrozen = true;
    this.#onChange.forEach(listener => listener(true));
  }

  thaw(): void {
    this.#isFrozen = false;
    const deferred = this.#deferred;
    this.#deferred = [];
    deferred.forEach(action => action());
    this.#onChange.forEach(listener => listener(false));
  }

  /** Does it now, or when the container is let go. */
  run(action: () => void): void {
    if (this.#isFrozen) {
      this.#deferred.push(action);
    } else {
      action();
    }
  }
}
