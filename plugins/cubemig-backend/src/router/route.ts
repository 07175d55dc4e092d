import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who calls: nobody without credentials gets as far as a handler, but for routes that are `public`. */
export type Caller = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** The parameters in a path: `/migrations/:id` has `id`. */
export type ParamsOf<Path extends string> =
  Path extends `${string}:${infer Name}/${infer Rest}`
    ? { [K in Name]: string } & ParamsOf<`/${Rest}`>
    : Path extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown;

/**
 * Asks for a route's permission for the entity to which a call belongs; a must where the permission is tied to entities. Without an
 * entity, only who has the permission for all of them passes.
 *
 * @throws NotAllowedError
 */
export type RequireFor = (entityRef: string | undefined) => Promise<void>;

/** What a handler is given. */
export interface Call<Path extends string, Query, Body> {
  params: ParamsOf<Path>;
  query: Query;
  body: Body;
  /** Undefined only on routes that are `public`. */
  caller: Caller;
  /** What the audit log should know besides, for example the id of what was made. */
  audited: Record<string, string>;
  requireFor: RequireFor;
  req: Request;
  res: Response;
}

/** What a route takes, answers and asks for: mounted, checked and documented from here. */
export interface RouteSpec<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** For people, in a few words. */
  summary: string;
  description?: string;
  /** `public`: the handler looks at the caller by itself. */
  permission: BasicPermission | ResourcePermission<'catalog-entity'> | 'public';
  query?: Query;
  body?: Body;
  /** What runs before all else and reads the body; JSON of at most 64 kB by default. */
  read?: RequestHandler[];
  /** What the handler resolves to and the caller gets as JSON. Without one, the answer is empty (204). */
  answer?: Answer;
  /** Of an answer that is no JSON: its content types. The handler writes it. */
  produces?: string[];
  /** Defaults to 200, or 204 if there is no answer. */
  status?: number;
  /** Writes each call into the audit log. */
  audit?: { eventId: string; severityLevel?: 'low' | 'medium' | 'high' };
}

/** One route of the API. */
export interface Route {
  method: Method;
  /** As Express has it, below `/api/cubemig`. */
  path: string;
  spec: RouteSpec;
  handle(call: Call<string, unknown, unknown>): Promise<unknown>;
}

/**
 * Makes a route.
 *
 * @param endpoint - method and path, for example `GET /migrations/:id`
 */
export function route<
  Path extends string,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(
  endpoint: `${Method} ${Path}`,
  spec: RouteSpec<Query, Body, Answer>,
  handle: (
    call: Call<Path, z.output<Query>, z.output<Body>>,
  ) => Promise<z.output<Answer> | void>,
): Route {
  const [method, path] = endpoint.split(' ') as [Method, string];
  return { method, path, spec, handle: handle as Route['handle'] };
}
