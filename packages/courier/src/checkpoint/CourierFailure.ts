import { PhaseName } from '@cubemig/plugin-cubemig-common';
import { explain } from '../explain';

/** Why a part of a pod did not reach the registry. */
export class CourierFailure extends Error {
  readonly name = 'CourierFailure';

  /** @param container - undefined where it is not a container's */
  constructor(
    readonly container: string | undefined,
    readonly phase: PhaseName,
    cause: unknown,
  ) {
    super(explain(cause), { cause });
  }
}
