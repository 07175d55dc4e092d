import type { Program, SystemCalls } from './Program';

/** `sleep SECONDS`. After a restore it sleeps its whole time again: it has no clock but its arguments. */
export const sleep: Program = {
  start: wait,
  resume: wait,
};

function wait(system: SystemCalls): void {
  const seconds = Number(system.argv()[1]);
  if (!(seconds >= 0)) {
    system.print(`sleep: invalid time interval '${system.argv()[1]}'`);
    system.exit(1);
    return;
  }
  system.sleep(seconds * 1000, () => system.exit(0));
}
