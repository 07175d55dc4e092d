import { ServiceUnavailableError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';
import { ClusterApiError, explainClusterError } from '../clusters';
import { ProblemError } from '../failures';

/** A cluster in trouble is not this backend's fault: it answers 503 with what is wrong and what to do. */
export const translateErrors: ErrorRequestHandler = (
  error,
  _req,
  _res,
  next,
) => {
  if (error instanceof ProblemError) {
    next(unavailable(error.problem));
  } else if (error instanceof ClusterApiError) {
    next(unavailable(explainClusterError(error.cluster, error)));
  } else {
    next(error);
  }
};

function unavailable({ code, message, remedy }: ProblemError['problem']) {
  return Object.assign(new ServiceUnavailableError(`${message} ${remedy}`), {
    code,
    remedy,
  });
}
