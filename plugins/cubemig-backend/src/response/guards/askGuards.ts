import { Guard, GuardFacts } from './GuardFacts';
import { limitGuards } from './limitGuards';
import { podGuards } from './podGuards';

/** All guards, in the order in which they are asked. */
export const guards: readonly Guard[] = [...limitGuards, ...podGuards];

/**
 * The first guard that has something against an action.
 *
 * @param isApproved - a person has approved it: then only what may have changed since is asked
 */
export function askGuards(
  facts: GuardFacts,
  { isApproved = false } = {},
): { guard: string; reason: string } | undefined {
  const asked = guards.filter(
    ({ isForAll, isAskedAgain }) =>
      (facts.touchesPod || isForAll) && (!isApproved || isAskedAgain),
  );
  for (const { name, check } of asked) {
    const reason = check(facts);
    if (reason) return { guard: name, reason };
  }
  return undefined;
}
