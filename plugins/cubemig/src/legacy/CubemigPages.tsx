import { Header, Page, TabbedLayout } from '@backstage/core-components';
import { lazy } from 'react';
import { ClustersPage } from '../clusters-page';
import { LogsPage } from '../logs-page';
import { MigrationsRoutes } from '../pages/MigrationsRoutes';
import { RulesPage } from '../rules-page';
import { SecurityPage } from '../security';
import { SimulationPage } from '../simulation-page';
import { useWords } from '../translation';

const DocsRoutes = lazy(() =>
  import('../docs-page').then(m => ({ default: m.DocsRoutes })),
);

/** CubeMig's pages as tabs below one header, as apps of the old frontend system have it. */
export const CubemigPages = () => {
  const t = useWords();
  return (
    <Page themeId="tool">
      <Header title={t('card.title')} />
      <TabbedLayout>
        <TabbedLayout.Route path="/security" title={t('alerts.dashboard')}>
          <SecurityPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/migrations" title={t('migration.listTitle')}>
          <MigrationsRoutes />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/clusters" title={t('clusters.title')}>
          <ClustersPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/rules" title={t('rules.title')}>
          <RulesPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/logs" title={t('logs.title')}>
          <LogsPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/simulation" title={t('simulation.title')}>
          <SimulationPage />
        </TabbedLayout.Route>
        <TabbedLayout.Route path="/docs" title={t('docs.title')}>
          <DocsRoutes />
        </TabbedLayout.Route>
      </TabbedLayout>
    </Page>
  );
};
