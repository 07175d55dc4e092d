import { Problem } from '@cubemig/plugin-cubemig-common';

/** Something that went wrong and is understood: it says what to do about it. */
export class ProblemError extends Error {
  readonly name = 'ProblemError';

  constructor(readonly problem: Problem, options?: { cause?: unknown }) {
    super(problem.message, options);
  }
}
