import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** The CRI cuts longer lines into parts (`P`) and a last one (`F`). */
const MAX_LINE_BYTES = 16384;

/** A container's log in the CRI format. Each line is on disk when `write` returns, so that a checkpoint and a reader see the same. */
export class ContainerLog {
  readonly #descriptor: number;
  #isOpen = true;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#descriptor = openSync(path, 'a');
  }

  /** One line, without its line end. */
  write(stream: 'stdout' | 'stderr', line: string): void {
    if (!this.#isOpen) {
      return;
    }
    let rest = Buffer.from(line);
    const time = formatLogTime(new Date());
    const parts: Buffer[] = [];
    while (rest.length > MAX_LINE_BYTES) {
      parts.push(
        Buffer.from(`${time} ${stream} P `),
        rest.subarray(0, MAX_LINE_BYTES),
        Buffer.from('\n'),
      );
      rest = rest.subarray(MAX_LINE_BYTES);
    }
    parts.push(Buffer.from(`${time} ${stream} F `), rest, Buffer.from('\n'));
    writeSync(this.#descriptor, Buffer.concat(parts));
  }

  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      closeSync(this.#descriptor);
    }
  }
}

/** RFC 3339 with nine digits and a numeric zone, as conmon writes it. */
export function formatLogTime(time: Date): string {
  return time.toISOString().replace('Z', '000000+00:00');
}
