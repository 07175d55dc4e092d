import { AuditorService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { Access } from './Access';
import { mountRoutes } from './mountRoutes';
import { Route } from './route';
import { translateErrors } from './translateErrors';

/** CubeMig's REST API, below `/api/cubemig`. */
export function createRouter(options: {
  access: Access;
  auditor: AuditorService;
  routes: Route[];
}): express.Router {
  const router = Router();
  router.use(express.json({ limit: '64kb' }));
  router.use(mountRoutes(options.routes, options));
  router.use(translateErrors);
  return router;
}
