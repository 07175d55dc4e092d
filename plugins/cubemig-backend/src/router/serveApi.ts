import {
  AuditorService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import Router from 'express-promise-router';
import { Access } from './Access';
import { createDocsRoutes } from './createDocsRoutes';
import { mountRoutes } from './mountRoutes';
import { Route } from './route';
import { translateErrors } from './translateErrors';

/** Serves CubeMig's REST API, with its own description, below `/api/cubemig`. */
export function serveApi(
  httpRouter: HttpRouterService,
  options: { access: Access; auditor: AuditorService; routes: Route[] },
): void {
  const routes = [...options.routes, ...createDocsRoutes(options.routes)];
  for (const { path, spec } of routes) {
    if (spec.permission === 'public') {
      httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
    }
  }
  const router = Router();
  router.use(mountRoutes(routes, options), translateErrors);
  httpRouter.use(router);
}
