import { nextNumber } from './storedNumber';
import type { Program, SystemCalls } from './Program';

const PAUSE_MS = 10_000;

/**
 * Stands in for a program that must not run on a developer's machine (`STAND_IN_FOR` names it): it has no weakness and no port. Says so
 * in its log, again and again.
 */
export const standIn: Program = {
  start: speak,
  resume: speak,
  onTerminate(system) {
    system.exit(143);
  },
};

function speak(system: SystemCalls): void {
  const name = system.variable('STAND_IN_FOR') ?? 'another program';
  system.print(
    `${nextNumber(
      system,
    )}: a stand-in for ${name}; nothing here can be attacked`,
  );
  system.sleep(PAUSE_MS, () => speak(system));
}
