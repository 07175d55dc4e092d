import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express, { RequestHandler } from 'express';
import { z } from 'zod';
import { AlertIntake } from '../alerts';
import {
  OverloadedError,
  ParsedAlert,
  parseAlerts,
  TOKEN_HEADER,
} from '../alerts/ingest';
import { Route, route } from './route';

/** One megabyte holds several hundred alerts. */
const BODY_LIMIT = '1mb';

const intakeSchema = z.object({
  /** How many alerts are stored now. */
  accepted: z.number().int(),
  /** How many were stored before, to the byte; they change nothing. Absent if none. */
  replayed: z.number().int().optional(),
});

const text = express.text({ type: () => true, limit: BODY_LIMIT });

/** Whatever its content type says: a wrong one is explained by the one who reads the body. */
const readText: RequestHandler = (req, res, next) => {
  text(req, res, error => next(error && explainBody(error)));
};

/** What the body parser refuses. */
function explainBody(error: any): Error {
  if (error.type === 'entity.too.large') {
    return refusal(
      413,
      `A request may have ${BODY_LIMIT}; send fewer alerts at once`,
    );
  }
  const isOfSender = error.status >= 400 && error.status < 500;
  return isOfSender
    ? new InputError(
        `The body cannot be read: ${error.message}. Send JSON, plain or with Content-Encoding: gzip`,
      )
    : error;
}

/** An error for whose status Backstage has no class. */
function refusal(statusCode: number, message: string) {
  return Object.assign(new Error(message), { statusCode });
}

/**
 * Where Falco and falcosidekick send to. They hold no Backstage token: each cluster has a credential of its own, which says whose
 * alerts these are. It is looked at before the body is.
 */
export function createAlertIngest(intake: AlertIntake): Route[] {
  const identify: RequestHandler = (req, res, next) => {
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
    res.locals.cluster = cluster;
    next();
  };

  async function take(cluster: string, alerts: ParsedAlert[]) {
    try {
      return await intake.take(cluster, alerts);
    } catch (error) {
      throw error instanceof OverloadedError
        ? new ServiceUnavailableError(error.message)
        : error;
    }
  }

  const endpoints = [
    'POST /alert',
    'PUT /alert',
    'POST /alert/:cluster',
    'PUT /alert/:cluster',
  ] as const;
  return endpoints.map(endpoint =>
    route(
      endpoint,
      {
        summary: 'Take in alerts of Falco or falcosidekick',
        description: `One alert or an array of them, also gzipped. The credential names the cluster: the header ${TOKEN_HEADER}, HTTP Basic, or a client certificate that a trusted proxy passes on. 202: they are stored, those that were replayed before already. 429: more than cubemig.alerts.maxPerSecond.`,
        permission: 'public',
        answer: intakeSchema,
        status: 202,
        read: [identify, readText],
      },
      async ({ req, res }) => {
        const cluster: string = res.locals.cluster;
        const taken = await take(
          cluster,
          parseAlerts(typeof req.body === 'string' ? req.body : ''),
        );
        if (taken) {
          const { accepted, replayed } = taken;
          return { accepted, ...(replayed > 0 && { replayed }) };
        }
        res.set('Retry-After', '1');
        throw refusal(
          429,
          `The cluster '${cluster}' sends more than cubemig.alerts.maxPerSecond`,
        );
      },
    ),
  );
}
