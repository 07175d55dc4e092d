import express from 'express';
import Router from 'express-promise-router';
import { createClusterRoutes } from './createClusterRoutes';
import { createMigrationRoutes } from './createMigrationRoutes';
import { mountRoutes } from './mountRoutes';
import { RouterOptions } from './RouterOptions';
import { translateErrors } from './translateErrors';

/** CubeMig's REST API, below `/api/cubemig`. */
export function createRouter(options: RouterOptions): express.Router {
  const router = Router();
  router.use(express.json({ limit: '64kb' }));
  router.use(
    mountRoutes(
      [...createClusterRoutes(options), ...createMigrationRoutes(options)],
      options,
    ),
  );
  router.use(translateErrors);
  return router;
}
