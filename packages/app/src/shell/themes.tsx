import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  pageTheme,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import DarkIcon from '@material-ui/icons/Brightness2';
import LightIcon from '@material-ui/icons/WbSunny';

const navigation = {
  background: '#12202f',
  indicator: '#5ad1c0',
  color: '#b6c2cf',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#1f3347' },
  submenu: { background: '#1f3347' },
};

// One calm header for every kind of page: colour is kept for what has happened to a pod.
const header = genPageTheme({ colors: ['#12202f', '#1f4a5c'], shape: 'none' });
const pageThemes = Object.fromEntries(
  Object.keys(pageTheme).map(name => [name, header]),
);

const light = createUnifiedTheme({
  palette: {
    ...palettes.light,
    navigation,
    // Material UI's red is too pale for small words on white.
    error: { main: '#c62828' },
  },
  defaultPageTheme: 'home',
  pageTheme: pageThemes,
});

const dark = createUnifiedTheme({
  palette: { ...palettes.dark, navigation },
  defaultPageTheme: 'home',
  pageTheme: pageThemes,
});

export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <LightIcon />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={light}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});

export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <DarkIcon />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={dark}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});
