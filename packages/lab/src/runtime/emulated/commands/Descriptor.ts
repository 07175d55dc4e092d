import type { SeenConnection } from '../../events/SystemEvent';

/** What a descriptor of a command stands for. */
export interface Descriptor {
  /** Where there is something to read; shared by all descriptors that were duplicated from it. */
  source?: Source;
  write?(bytes: Buffer): void;
  /** Of a connected socket. */
  connection?: SeenConnection;
  close?(): void;
}

/** Bytes that come when they come, read by whoever needs them next: by a shell line by line, by its commands whole. */
export class Source {
  #buffered = Buffer.alloc(0);
  #hasEnded = false;
  #wake = () => {};

  static of(content: Buffer): Source {
    const source = new Source();
    source.push(content);
    source.end();
    return source;
  }

  push(bytes: Buffer): void {
    this.#buffered = Buffer.concat([this.#buffered, bytes]);
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  /** What has come since; undefined at the end. */
  async readSome(): Promise<Buffer | undefined> {
    await this.#until(() => this.#buffered.length > 0);
    return this.#take(this.#buffered.length);
  }

  async readAll(): Promise<Buffer> {
    await this.#until(() => false);
    return this.#take(this.#buffered.length) ?? Buffer.alloc(0);
  }

  /** Without its line end; undefined at the end. */
  async readLine(): Promise<string | undefined> {
    await this.#until(() => this.#buffered.includes('\n'));
    const end = this.#buffered.indexOf('\n');
    const line = this.#take(end < 0 ? this.#buffered.length : end + 1);
    return line?.toString().replace(/\r?\n$/, '');
  }

  #take(length: number): Buffer | undefined {
    const taken = this.#buffered.subarray(0, length);
    this.#buffered = this.#buffered.subarray(length);
    return taken.length > 0 ? taken : undefined;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds() && !this.#hasEnded) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}

/** Both ends of a pipe: what is written to it can be read from it until it is closed. */
export function openPipe(): Descriptor {
  const source = new Source();
  return {
    source,
    write: bytes => source.push(bytes),
    close: () => source.end(),
  };
}

export const NULL_DEVICE: Descriptor = {
  source: Source.of(Buffer.alloc(0)),
  write: () => {},
};
