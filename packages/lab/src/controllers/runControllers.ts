import type { ClusterStore } from '../api/ClusterStore';
import type { Controller } from './Controller';

const FIRST_RETRY_MS = 10;
const LAST_RETRY_MS = 10_000;

/** Runs controllers on a cluster, first over everything that is stored, then on every change. Returns how to stop. */
export function runControllers(
  store: ClusterStore,
  controllers: Controller[],
  onError: (controller: string, error: unknown) => void,
): () => void {
  const stops = controllers.map(controller =>
    runController(store, controller, error => onError(controller.name, error)),
  );
  return () => stops.forEach(stop => stop());
}

function runController(
  store: ClusterStore,
  { wakesOn, reconcile }: Controller,
  onError: (error: unknown) => void,
): () => void {
  const waiting = new Set<string>();
  const failures = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let turn: NodeJS.Immediate | undefined;
  let isStopped = false;

  const wake = (key: string) => {
    waiting.add(key);
    turn ??= setImmediate(work);
  };
  const wakeLater = (key: string, afterMs: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      wake(key);
    }, afterMs);
    timers.add(timer);
  };

  function work(): void {
    turn = undefined;
    const keys = [...waiting];
    waiting.clear();
    for (const key of keys) {
      if (isStopped) {
        return;
      }
      try {
        reconcile(key, afterMs => wakeLater(key, afterMs));
        failures.delete(key);
      } catch (error) {
        onError(error);
        const count = failures.get(key) ?? 0;
        failures.set(key, count + 1);
        wakeLater(key, Math.min(FIRST_RETRY_MS * 2 ** count, LAST_RETRY_MS));
      }
    }
  }

  const unsubscribes = Object.entries(wakesOn).map(([kind, keysOf]) => {
    for (const object of store.list(kind)) {
      keysOf(object, 'ADDED').forEach(wake);
    }
    return store.subscribe(kind, ({ object, type }) =>
      keysOf(object, type).forEach(wake),
    );
  });
  return () => {
    isStopped = true;
    unsubscribes.forEach(unsubscribe => unsubscribe());
    timers.forEach(clearTimeout);
    if (turn) {
      clearImmediate(turn);
    }
  };
}
