import { Problem } from '@cubemig/plugin-cubemig-common';
import {
  ClusterApiError,
  DeadlineError,
  explainClusterError,
} from '../clusters';
import { explainFailure, ProblemError } from '../failures';

/** Says what an error means for a user. */
export function explainError(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof DeadlineError) {
    return {
      code: 'timeout',
      message: `${error.message}.`,
      remedy: `Look at the timeline, and at the events of what it names (kubectl describe)${
        error.setting
          ? `; ${error.setting} in app-config gives more time.`
          : ', then migrate again.'
      }`,
    };
  }
  if (error instanceof ClusterApiError) {
    const explained = explainFailure(error.message);
    return explained.code === 'unexplained'
      ? explainClusterError(error.cluster, error)
      : explained;
  }
  return explainFailure((error as Error)?.message ?? String(error));
}
