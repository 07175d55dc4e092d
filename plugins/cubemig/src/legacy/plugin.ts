import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createCardExtension } from '@backstage/plugin-home-react';
import { CubemigClient } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { homeCard } from '../home/homeCard';
import { entityMigrationsRouteRef, rootRouteRef } from '../routes';

/**
 * CubeMig's frontend for apps of the old frontend system.
 *
 * @public
 */
export const cubemigPlugin = createPlugin({
  id: 'cubemig',
  apis: [
    createApiFactory({
      api: cubemigApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CubemigClient(deps),
    }),
  ],
  routes: { root: rootRouteRef, entityMigrations: entityMigrationsRouteRef },
});

/**
 * CubeMig's own pages, for a route such as `/cubemig`.
 *
 * @public
 */
export const CubemigPage = cubemigPlugin.provide(
  createRoutableExtension({
    name: 'CubemigPage',
    component: () => import('./CubemigPages').then(m => m.CubemigPages),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The tab "Migrations", for a route of an entity's page.
 *
 * @public
 */
export const EntityMigrationsContent = cubemigPlugin.provide(
  createRoutableExtension({
    name: 'EntityMigrationsContent',
    component: () =>
      import('../migrations-tab/EntityMigrationsPage').then(
        m => m.EntityMigrationsPage,
      ),
    mountPoint: entityMigrationsRouteRef,
  }),
);

/**
 * The card for an entity's overview.
 *
 * @public
 */
export const EntityCubemigCard = cubemigPlugin.provide(
  createComponentExtension({
    name: 'EntityCubemigCard',
    component: {
      lazy: () =>
        import('../entity-card/EntityCubemigCard').then(
          m => m.EntityCubemigCard,
        ),
    },
  }),
);

/**
 * The card for the home page.
 *
 * @public
 */
export const HomePageCubemigCard = cubemigPlugin.provide(
  createCardExtension(homeCard),
);
