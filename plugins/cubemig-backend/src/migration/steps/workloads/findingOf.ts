import { ProblemError } from '../../../failures';
import type { Finding, PlanContext } from '../../plan';

/** Tries what cut-over would do, and makes its problem a blocker. */
export function findingOf(
  context: PlanContext,
  attempt: () => unknown,
): Finding[] {
  const { order, inventory } = context;
  const { owner } = inventory.source;
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [
      {
        isBlocker: true,
        finding: {
          ...error.problem,
          object:
            owner &&
            `${owner.kind} ${order.targetNamespace ?? order.namespace}/${
              owner.name
            }`,
        },
      },
    ];
  }
}
