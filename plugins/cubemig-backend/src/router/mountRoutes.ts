import { AuditorService } from '@backstage/backend-plugin-api';
import express, { Request, Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { Access } from './Access';
import { parseInput } from './parseInput';
import { Caller, Method, Route, RouteSpec } from './route';

const AUDITED_LENGTH = 1000;
const json = express.json({ limit: '64kb' });

/** Makes routes answer: audited, allowed and validated before their handlers see a call. */
export function mountRoutes(
  routes: Route[],
  options: { access: Access; auditor: AuditorService },
): express.Router {
  const router = Router();
  for (const { method, path, ...route } of routes) {
    const on = method.toLowerCase() as Lowercase<Method>;
    router[on](path, ...(route.spec.read ?? [json]), (req, res) =>
      serve(route, req, res, options),
    );
  }
  return router;
}

async function serve(
  { spec, handle }: Pick<Route, 'spec' | 'handle'>,
  req: Request,
  res: Response,
  { access, auditor }: { access: Access; auditor: AuditorService },
): Promise<void> {
  const event =
    spec.audit &&
    (await auditor.createEvent({
      ...spec.audit,
      request: req,
      meta: auditable(spec, req),
    }));
  try {
    const { permission } = spec;
    const caller =
      permission === 'public'
        ? undefined
        : await access.require(req, permission);
    const audited: Record<string, string> = {};
    const answer = await handle({
      params: req.params,
      query: spec.query && parseInput(spec.query, req.query),
      body: spec.body && parseInput(spec.body, req.body),
      caller: caller as Caller,
      audited,
      requireFor: async entityRef => {
        if (permission !== 'public' && permission.type === 'resource') {
          await access.requireFor(caller!, permission, entityRef);
        }
      },
      req,
      res,
    });
    if (!spec.produces) send(res, spec, answer);
    await event?.success({ meta: audited });
  } catch (error) {
    await event?.fail({ error: error as Error });
    throw error;
  }
}

function send(res: Response, { answer, status }: RouteSpec, body: unknown) {
  if (answer) res.status(status ?? 200).json(body);
  else res.status(status ?? 204).end();
}

/** What the audit log keeps of a call that may yet turn out to be nonsense: known fields, bounded. */
function auditable({ body }: RouteSpec, req: Request) {
  const fields = body instanceof z.ZodObject ? Object.keys(body.shape) : [];
  const given = fields.map(field => [field, req.body?.[field]]);
  return Object.fromEntries(
    [...Object.entries(req.params), ...given].flatMap(([field, value]) => {
      if (typeof value === 'string') {
        return [[field, value.slice(0, AUDITED_LENGTH)]];
      }
      return ['boolean', 'number'].includes(typeof value)
        ? [[field, value]]
        : [];
    }),
  );
}
