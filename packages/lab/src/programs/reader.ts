import type { Program, SystemCalls } from './Program';

const INTERVAL_MS = 200;

/** `reader FILE`: says what is in a file whenever that is something else than before, as a pod's second container would. */
export const reader: Program = {
  start: system => look(system),
  resume: system => look(system),
  onTerminate(system) {
    system.exit(143);
  },
};

function look(system: SystemCalls, known?: string): void {
  const [, path] = system.argv();
  const content = system.readFile(path)?.trim();
  if (content !== undefined && content !== known) {
    system.print(`read ${content}`);
  }
  system.sleep(INTERVAL_MS, () => look(system, content));
}
