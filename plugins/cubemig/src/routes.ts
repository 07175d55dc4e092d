import { createRouteRef } from '@backstage/core-plugin-api';

// Made by the old system's function, whose references both systems take.

/** CubeMig's own pages. */
export const rootRouteRef = createRouteRef({ id: 'cubemig' });

/** The tab "Migrations" of an entity's page. */
export const entityMigrationsRouteRef = createRouteRef({
  id: 'cubemig.entity-migrations',
});
