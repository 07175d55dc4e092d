import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';
import { cubemigApi } from './api';
import {
  entityMigrationsContent,
  entityMigrationsRouteRef,
} from './migrations-tab';
import {
  clustersPage,
  cubemigPage,
  migrationsPage,
  securityPage,
} from './pages';
import { rootRouteRef } from './routes';

/**
 * CubeMig's frontend for Backstage's new frontend system: its own pages, and the tab "Migrations" on entity pages.
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
    entityMigrationsContent,
  ],
  routes: { root: rootRouteRef, entityMigrations: entityMigrationsRouteRef },
});
