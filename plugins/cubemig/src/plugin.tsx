import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';
import { cubemigApi } from './api';
import { entityCubemigCard } from './entity-card';
import { firstRunWidget } from './first-run/firstRunWidget';
import { homeWidget } from './home';
import { entityMigrationsContent } from './migrations-tab';
import {
  clustersPage,
  cubemigPage,
  docsPage,
  logsPage,
  migrationsPage,
  rulesPage,
  securityPage,
  simulationPage,
} from './pages';
import { entityMigrationsRouteRef, rootRouteRef } from './routes';

/**
 * CubeMig's frontend for Backstage's new frontend system: its own pages, a tab and a card on entity pages, and a card
 * on the home page.
 *
 * @public
 */
export const cubemigPlugin = createFrontendPlugin({
  pluginId: 'cubemig',
  title: 'CubeMig',
  icon: <SwapHorizIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  extensions: [
    cubemigApi,
    cubemigPage,
    securityPage,
    migrationsPage,
    clustersPage,
    rulesPage,
    logsPage,
    simulationPage,
    docsPage,
    entityCubemigCard,
    entityMigrationsContent,
    homeWidget,
    firstRunWidget,
  ],
  routes: { root: rootRouteRef, entityMigrations: entityMigrationsRouteRef },
});
