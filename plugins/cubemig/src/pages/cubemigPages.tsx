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

export const rulesPage = SubPageBlueprint.make({
  name: 'rules',
  attachTo,
  params: {
    path: 'rules',
    title: 'Response rules',
    loader: () => import('../rules-page').then(m => <m.RulesPage />),
  },
});

export const logsPage = SubPageBlueprint.make({
  name: 'logs',
  attachTo,
  params: {
    path: 'logs',
    title: 'Logs',
    loader: () => import('../logs-page').then(m => <m.LogsPage />),
  },
});

export const simulationPage = SubPageBlueprint.make({
  name: 'simulation',
  attachTo,
  params: {
    path: 'simulation',
    title: 'Simulation',
    loader: () => import('../simulation-page').then(m => <m.SimulationPage />),
  },
});
