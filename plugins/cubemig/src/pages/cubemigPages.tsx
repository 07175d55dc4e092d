import {
  coreExtensionData,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { rootRouteRef } from '../routes';
import { TabbedPages } from './TabbedPages';

const attachTo = { id: 'page:cubemig', input: 'pages' } as const;

/** CubeMig's own pages as tabs. Backstage takes tabs' titles from the extensions, which cannot translate: so these are shown by a part of ours. */
export const cubemigPage = PageBlueprint.makeWithOverrides({
  factory(originalFactory, { config, inputs, node }) {
    const pages = inputs.pages.map(page => ({
      id: page.node.spec.id,
      path: page.get(coreExtensionData.routePath),
      title: page.get(coreExtensionData.title),
      isRenamed: Boolean((page.node.spec.config as { title?: string })?.title),
      element: page.get(coreExtensionData.reactElement),
    }));
    const { pluginId, title, icon } = node.spec.plugin;
    return originalFactory({
      path: '/cubemig',
      routeRef: rootRouteRef,
      noHeader: true,
      loader: async () => (
        <TabbedPages
          pluginId={pluginId}
          title={config.title ?? title ?? pluginId}
          icon={icon}
          pages={pages}
        />
      ),
    });
  },
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

export const docsPage = SubPageBlueprint.make({
  name: 'docs',
  attachTo,
  params: {
    path: 'docs',
    title: 'Help',
    loader: () => import('../docs-page').then(m => <m.DocsRoutes />),
  },
});
