import { Guard, GuardFacts } from './GuardFacts';
import { limitGuards } from './limitGuards';
import { podGuards } from './podGuards';

/** All guards, in the order in which they are asked. */
export const guards: readonly Guard[] = [...limitGuards, ...podGuards];

/**
 * The first guard that has something against an action.
 *
 * @param isDecided - it was decided, or approved, before: then only what may have changed since is asked
 */
export function askGuards(
  facts: GuardFacts,
  { isDecided = false } = {},
): { guard: string; reason: string } | undefined {
  const asked = guards.filter(
    ({ isForAll, isAskedAgain }) =>
      (facts.touchesPod || isForAll) && (!isDecided || isAskedAgain),
  );
  for (const { name, check } of asked) {
    const reason = check(facts);
    if (reason) return { guard: name, reason };
  }
  return undefined;
}
