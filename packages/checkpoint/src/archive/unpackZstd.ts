import { createContext, Script } from 'node:vm';
import { setImmediate } from 'node:timers/promises';
import { Decompress } from 'fzstd';
import { ByteSource } from './ByteSource';
import { cutZstd } from './zstdFrames';

/** A block takes fzstd milliseconds, unless it is damaged: then it may loop for minutes in places where only a time limit stops it. */
const PATIENCE_MS = 2_000;

/**
 * What unpacked bytes add to the patience, up to the above. Without it, blocks that are slow but not too slow could come
 * without end: each moves the whole window.
 */
const SLOWEST_BYTES_PER_MS = 512;

/** How long other work may have to wait for the event loop; a single slow block may take longer. */
const TURN_MS = 50;

/**
 * Unpacks zstd data, of one frame or several, without Node's help. A few bytes may unpack to gigabytes, so pieces go straight to `write`
 * and are never queued.
 *
 * @throws Error if the data is damaged, or takes unreasonably long
 */
export async function unpackZstd(
  source: ByteSource,
  write: (piece: Buffer) => void,
): Promise<void> {
  let unpacked: Uint8Array[] = [];
  const unpacker = new Decompress(piece => unpacked.push(piece));
  let patience = PATIENCE_MS;
  let turnEnd = performance.now() + TURN_MS;

  for (const { offset, bytes } of cutZstd(source)) {
    const piece = Buffer.from(source.readAt(offset, bytes));
    const started = performance.now();
    if (!finishesWithin(patience, () => unpacker.push(piece))) {
      throw new Error(`its zstd data takes too long (at byte ${offset})`);
    }
    patience -= performance.now() - started;
    for (const { buffer, byteOffset, byteLength } of unpacked) {
      write(Buffer.from(buffer, byteOffset, byteLength));
      patience += byteLength / SLOWEST_BYTES_PER_MS;
    }
    patience = Math.min(patience, PATIENCE_MS);
    unpacked = [];

    if (performance.now() > turnEnd) {
      await setImmediate();
      turnEnd = performance.now() + TURN_MS;
    }
  }
  unpacker.push(new Uint8Array(0), true);
}

const context = createContext({});
const callRun = new Script('run()');

/** Whether `run` came to its end; when its time is over it is stopped wherever it is, which only code called by a script can be. */
function finishesWithin(timeoutMs: number, run: () => void): boolean {
  if (timeoutMs < 1) {
    return false;
  }
  context.run = run;
  try {
    callRun.runInContext(context, { timeout: Math.ceil(timeoutMs) });
    return true;
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    ) {
      return false;
    }
    throw error;
  }
}
