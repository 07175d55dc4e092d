import { createRouteRef } from '@backstage/frontend-plugin-api';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';

/** The tab "Migrations" of an entity's page. */
export const entityMigrationsRouteRef = createRouteRef();

export const entityMigrationsContent = EntityContentBlueprint.make({
  name: 'migrations',
  params: {
    path: '/migrations',
    title: 'Migrations',
    routeRef: entityMigrationsRouteRef,
    filter: { [`metadata.annotations.${KUBERNETES_ID}`]: { $exists: true } },
    loader: () =>
      import('./EntityMigrationsPage').then(m => <m.EntityMigrationsPage />),
  },
});
