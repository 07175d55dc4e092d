import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Lets so much garbage come together, in bytes. */
const INTERVAL_BYTES = 8 * 1024 * 1024;

type Collect = (options: { type: 'minor' }) => void;

/**
 * Frees buffers that zlib and the cipher have made and that nobody needs any more. V8 sees but the few bytes that refer to each of them, and
 * by itself would let tens of megabytes come together. It takes about a millisecond, since only what is young is looked at.
 */
export class GarbageCollection {
  private readonly collect = findCollect();
  private bytes = 0;

  /** Tells of buffers that were made and are not needed any more. */
  note(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes >= INTERVAL_BYTES) {
      this.bytes = 0;
      this.collect?.({ type: 'minor' });
    }
  }
}

/** Undefined where this Node does not let a program ask for it. */
function findCollect(): Collect | undefined {
  setFlagsFromString('--expose-gc');
  return runInNewContext('globalThis.gc');
}
