import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { homeLayout } from './homeLayout';
import { navContent } from './navContent';
import { signInPage } from './signInPage';
import { darkTheme, lightTheme } from './themes';

/** What surrounds the plugins: navigation, sign-in and themes. */
export const shellModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent, signInPage, lightTheme, darkTheme],
});

/** How the home page is laid out. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [homeLayout],
});
