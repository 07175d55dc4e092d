import { FSWatcher, mkdirSync, promises as fs, watch } from 'node:fs';
import { join } from 'node:path';

/** Tells which containers have ended, by the files that conmon leaves in its exit folder, as CRI-O does. */
export class ExitFiles {
  readonly #listeners = new Map<string, (exitCode: number) => void>();
  readonly #watcher: FSWatcher;

  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#watcher = watch(directory, (_, name) => {
      if (name) {
        void this.#read(name);
      }
    });
  }

  /** Calls back once, also if the container has ended already. */
  onExit(containerId: string, listener: (exitCode: number) => void): void {
    this.#listeners.set(containerId, listener);
    void this.#read(containerId);
  }

  forget(containerId: string): void {
    this.#listeners.delete(containerId);
  }

  close(): void {
    this.#watcher.close();
  }

  async #read(containerId: string): Promise<void> {
    const content = await fs
      .readFile(join(this.directory, containerId), 'utf8')
      .catch(() => '');
    const listener = this.#listeners.get(containerId);
    if (content && listener) {
      this.#listeners.delete(containerId);
      listener(Number(content));
    }
  }
}
