import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, secondsOf, type Fault } from '../faults/Faults';
import { CHECKPOINT_ERRORS } from '../faults/errorTexts';
import type { FaultName } from '../faults/faultKinds';
import type { NodeContext } from './NodeContext';
import { sleep } from './pod/waiting';

/* How faults strike a node. */

/** The fault that strikes this node now, if it does; counts as one strike. */
export function strikeNode(
  { faults, cluster, nodeName }: NodeContext,
  name: FaultName,
): Fault | undefined {
  return faults.strike(name, { cluster: cluster.name, node: nodeName });
}

/** Whether a lasting fault is on for this node. */
export function suffersFrom(
  { faults, cluster, nodeName }: NodeContext,
  name: FaultName,
): boolean {
  const place = { cluster: cluster.name, node: nodeName };
  return faults.find(name, place) !== undefined;
}

/** Resolves when the node is not killed (any more). */
export function untilAlive(node: NodeContext): Promise<void> {
  return until(node, () => !suffersFrom(node, 'node-killed'));
}

function until({ faults }: NodeContext, holds: () => boolean): Promise<void> {
  return new Promise(resolve => {
    let stopListening = () => {};
    const look = () => {
      if (holds()) {
        stopListening();
        resolve();
      }
    };
    stopListening = faults.onChange(look);
    look();
  });
}

/** What a clock of this node shows at a point in time. */
export function nodeTime(
  { faults, cluster, nodeName }: NodeContext,
  time: Date = new Date(),
): Date {
  const place = { cluster: cluster.name, node: nodeName };
  const skew = faults.find('clock-skew', place);
  return skew ? new Date(time.getTime() + secondsOf(skew) * 1000) : time;
}

const NO_SPACE =
  'writing blob: storing blob to file "/var/tmp/container_images_storage/1": write: no space left on device';

/** By the faults `pull-slow`, `pull-fails` and `node-full`. */
export async function disturbPull(
  node: NodeContext,
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  const slow = strikeNode(node, 'pull-slow');
  if (slow) {
    await sleep(secondsOf(slow), signal);
  }
  const fault = strikeNode(node, 'pull-fails');
  const isFull = suffersFrom(node, 'node-full');
  if (fault || isFull) {
    const cause = fault ? messageOf(fault) : NO_SPACE;
    throw new Error(
      `unable to pull image or OCI artifact: pull image err: initializing source docker://${reference}: ${cause}; artifact err: image reference: ${cause}`,
    );
  }
}

/** By the fault `restore-fails`. */
export function disturbRestore(node: NodeContext, container: string): void {
  const fault = strikeNode(node, 'restore-fails');
  if (fault) {
    throw new Error(
      fault.message ??
        `failed to restore container ${container}: ${messageOf(fault)}`,
    );
  }
}

/**
 * By the faults `checkpoint-hangs` (no longer than the caller waits, where it says so, or the container runs), `checkpoint-fails` and
 * `node-full`.
 */
export async function disturbCheckpoint(
  node: NodeContext,
  containerId: string,
  timeoutSeconds: number,
): Promise<void> {
  const isOver = until(node, () => !suffersFrom(node, 'checkpoint-hangs'));
  const timeout = new AbortController();
  const end = watchEnd(node, containerId);
  await Promise.race([
    isOver,
    end.reached,
    ...(timeoutSeconds > 0 ? [failAfter(timeoutSeconds, timeout.signal)] : []),
  ]).finally(() => {
    timeout.abort();
    end.forget();
  });
  const fault = strikeNode(node, 'checkpoint-fails');
  if (fault) {
    throw new Error(messageOf(fault));
  }
  if (suffersFrom(node, 'node-full')) {
    throw new Error(CHECKPOINT_ERRORS['no-space']);
  }
}

/** Whoever waits for a container's checkpoint waits in vain once it has ended. */
function watchEnd({ runtime }: NodeContext, containerId: string) {
  let forget = () => {};
  const reached = new Promise<void>(resolve => {
    forget = runtime.onExit(({ id }) => id === containerId && resolve());
    if (runtime.container(containerId)?.phase !== 'running') {
      resolve();
    }
  });
  return { reached, forget: () => forget() };
}

async function failAfter(seconds: number, signal: AbortSignal): Promise<void> {
  await delay(seconds * 1000, undefined, { signal, ref: false }).catch(
    () => undefined,
  );
  if (!signal.aborted) {
    throw new Error('context deadline exceeded');
  }
}
