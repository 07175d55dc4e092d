import { createContext, Script } from 'node:vm';

/** A block takes fzstd milliseconds, unless it is damaged: then it may loop for minutes in places where only a time limit stops it. */
const LONGEST_MS = 2_000;

/**
 * What unpacked bytes add to the patience, up to the above. Without it, blocks that are slow but not too slow could come
 * without end: each moves the whole window.
 */
const SLOWEST_BYTES_PER_MS = 512;

const context = createContext({});
const callRun = new Script('run()');

/** The time that is left to a decompressor of data that may be damaged; what it unpacks earns it more. */
export class Patience {
  private leftMs = LONGEST_MS;

  /** Whether `run` came to its end; when its time is over it is stopped wherever it is. Passes on what `run` throws. */
  lastsFor(run: () => void): boolean {
    if (this.leftMs < 1) {
      return false;
    }
    const started = performance.now();
    context.run = run;
    try {
      // Only code that a script calls can be stopped.
      callRun.runInContext(context, { timeout: Math.ceil(this.leftMs) });
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
        return false;
      }
      throw error;
    } finally {
      context.run = undefined;
      this.leftMs -= performance.now() - started;
    }
  }

  grow(unpackedBytes: number) {
    const earned = unpackedBytes / SLOWEST_BYTES_PER_MS;
    this.leftMs = Math.min(this.leftMs + earned, LONGEST_MS);
  }
}
