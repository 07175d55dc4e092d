import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';
import { cubemigApi } from './api';
import {
  entityMigrationsContent,
  entityMigrationsRouteRef,
} from './migrations-tab';

/**
 * CubeMig's frontend for Backstage's new frontend system: the tab "Migrations" on entity pages.
 *
 * @public
 */
export const cubemigPlugin = createFrontendPlugin({
  pluginId: 'cubemig',
  title: 'CubeMig',
  icon: <SwapHorizIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  extensions: [cubemigApi, entityMigrationsContent],
  routes: { entityMigrations: entityMigrationsRouteRef },
});
