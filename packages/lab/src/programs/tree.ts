import type { Program, SystemCalls } from './Program';
import { nextNumber } from './storedNumber';

const INTERVAL_MS = 500;
const CHILDREN = 2;
const DEFAULT_DEPTH = 2;

/** `tree DEPTH`: a process with two children, each with two of its own and so on; every one counts for itself and says so. */
export const tree: Program = {
  start(system) {
    const depth = depthOf(system);
    for (let child = 0; depth > 0 && child < CHILDREN; child++) {
      system.spawn(['tree', String(depth - 1)], () => undefined);
    }
    count(system);
  },
  resume(system) {
    system.adoptChildren(() => undefined);
    count(system);
  },
  onTerminate(system) {
    system.exit(143);
  },
};

function count(system: SystemCalls): void {
  const depth = depthOf(system);
  system.print(`process ${system.pid} at ${depth}: ${nextNumber(system)}`);
  system.sleep(INTERVAL_MS, () => count(system));
}

function depthOf(system: SystemCalls): number {
  const depth = Number(system.argv()[1] ?? DEFAULT_DEPTH);
  return depth >= 0 ? depth : DEFAULT_DEPTH;
}
