import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { KUBERNETES_ID } from '@cubemig/plugin-cubemig-common';
import { entityMigrationsRouteRef } from '../routes';

/** The tab "Migrations" of an entity's page. */
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
