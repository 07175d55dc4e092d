import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express, { ErrorRequestHandler, Request, Response } from 'express';
import Router from 'express-promise-router';
import { AlertIntake } from '../alerts';
import { OverloadedError, parseAlerts, TOKEN_HEADER } from '../alerts/ingest';

/** One megabyte holds several hundred alerts. */
const BODY_LIMIT = '1mb';

/** What the body parser refuses. */
const explainBody: ErrorRequestHandler = (error, _req, res, next) => {
  if (error.type === 'entity.too.large') {
    res.status(413).json({
      error: {
        name: 'PayloadTooLargeError',
        message: `A request may have ${BODY_LIMIT}; send fewer alerts at once`,
      },
    });
    return;
  }
  const isOfSender = error.status >= 400 && error.status < 500;
  next(
    isOfSender
      ? new InputError(
          `The body cannot be read: ${error.message}. Send JSON, plain or with Content-Encoding: gzip`,
        )
      : error,
  );
};

/**
 * Where Falco and falcosidekick send to. They hold no Backstage token: each cluster has a credential of its own, which says whose
 * alerts these are. It is looked at before the body is.
 */
export function createAlertIngest(intake: AlertIntake): express.Router {
  const router = Router();

  function identify(req: Request) {
    const cluster = intake.senders.identify(req);
    if (!cluster) {
      throw new AuthenticationError(
        `This is no credential of cubemig.alerts.senders: send the header ${TOKEN_HEADER} (falcosidekick: customHeaders), or put user and password into the URL (Falco: http_output.url)`,
      );
    }
    if (req.params.cluster && req.params.cluster !== cluster) {
      throw new NotAllowedError(
        `This credential is not of the cluster '${req.params.cluster}': alerts of another cluster need its own`,
      );
    }
    return cluster;
  }

  async function take(req: Request, res: Response) {
    const cluster: string = res.locals.cluster;
    const payloads = parseAlerts(typeof req.body === 'string' ? req.body : '');
    const intakeOf = await intake.take(cluster, payloads).catch(error => {
      throw error instanceof OverloadedError
        ? new ServiceUnavailableError(error.message)
        : error;
    });
    if (intakeOf === 'too-fast') {
      res
        .status(429)
        .set('Retry-After', '1')
        .json({
          error: {
            name: 'TooManyRequestsError',
            message: `The cluster '${cluster}' sends more alerts than cubemig.alerts.maxPerSecond`,
          },
        });
    } else {
      res.status(202).json({ accepted: payloads.length });
    }
  }

  router
    .route(['/alert', '/alert/:cluster'])
    .all((req, res, next) => {
      if (req.method !== 'POST' && req.method !== 'PUT') {
        res.set('Allow', 'POST, PUT').status(405).end();
        return;
      }
      res.locals.cluster = identify(req);
      next();
    })
    .all(
      // Whatever its content type says: a wrong one is explained by the one who reads the body.
      express.text({ type: () => true, limit: BODY_LIMIT }),
      explainBody,
      take,
    );
  return router;
}
