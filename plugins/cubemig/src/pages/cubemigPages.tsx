import {
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../routes';

const attachTo = { id: 'page:cubemig', input: 'pages' } as const;

/** CubeMig's own pages: one below the other as tabs. */
export const cubemigPage = PageBlueprint.make({
  params: { path: '/cubemig', routeRef: rootRouteRef },
});

export const securityPage = SubPageBlueprint.make({
  name: 'security',
  attachTo,
  params: {
    path: 'security',
    title: 'Security',
    loader: () => import('../security').then(m => <m.SecurityPage />),
  },
});

export const migrationsPage = SubPageBlueprint.make({
  name: 'migrations',
  attachTo,
  params: {
    path: 'migrations',
    title: 'Migrations',
    loader: () =>
      import('./MigrationsRoutes').then(m => <m.MigrationsRoutes />),
  },
});

export const clustersPage = SubPageBlueprint.make({
  name: 'clusters',
  attachTo,
  params: {
    path: 'clusters',
    title: 'Clusters',
    loader: () => import('../clusters-page').then(m => <m.ClustersPage />),
  },
});
