import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import ReactDOM from 'react-dom/client';
import '@backstage/cli/asset-types';
// This folder is an app of its own.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import cubemigPlugin, { cubemigApiRef } from '../src';
import { serveApi } from '../src/__testUtils__';
import { entityOf } from './entityOf';
import { scenarios } from './scenarios';
import { SimulatedBackend } from './SimulatedBackend';

// `backstage-cli package start` in this folder: the tab in every state it can have, without a backend. Each scenario is
// an entity of the catalog.
const backend = new SimulatedBackend();
const client = serveApi(backend.answer);

const config = new ConfigReader({
  app: {
    title: 'CubeMig, simulated',
    baseUrl: window.location.origin,
    extensions: [
      { 'sign-in-page:app': false },
      { 'page:catalog': { config: { path: '/' } } },
    ],
  },
  backend: { baseUrl: window.location.origin },
});

const app = createApp({
  advanced: { configLoader: async () => ({ config }) },
  features: [
    catalogPlugin,
    cubemigPlugin,
    createFrontendModule({
      pluginId: 'cubemig',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: cubemigApiRef,
              deps: {},
              factory: () => client,
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'catalog',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: catalogApiRef,
              deps: {},
              factory: () =>
                new InMemoryCatalogClient({
                  entities: Object.entries(scenarios).map(entityOf),
                }),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        ApiBlueprint.make({
          name: 'permission',
          params: defineParams =>
            defineParams({
              api: permissionApiRef,
              deps: {},
              factory: () => ({
                authorize: async () => ({
                  result: window.location.pathname.includes('/denied/')
                    ? AuthorizeResult.DENY
                    : AuthorizeResult.ALLOW,
                }),
              }),
            }),
        }),
      ],
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
