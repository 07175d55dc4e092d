import {
  createFrontendModule,
  createTranslationMessages,
  createTranslationResource,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor } from '@testing-library/react';
import { aSummary, cluster1, serveApi } from '../__testUtils__';
import { cubemigApiRef } from '../api';
import { cubemigPlugin } from '../plugin';
import { cubemigTranslationRef } from '../translation';

const german = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'german',
      params: {
        resource: createTranslationResource({
          ref: cubemigTranslationRef,
          translations: {
            de: async () => ({
              default: createTranslationMessages({
                ref: cubemigTranslationRef,
                messages: {
                  'rules.title': 'Regeln',
                  'logs.title': 'Protokolle',
                },
              }),
            }),
          },
        }),
      },
    }),
  ],
});

function show(extensions: object[] = [], entry = '/cubemig') {
  const client = serveApi(({ path }) => {
    if (path === '/alerts/summary') return aSummary();
    return path === '/clusters'
      ? { items: [cluster1] }
      : { items: [], total: 0 };
  });
  renderTestApp({
    features: [cubemigPlugin, german],
    initialRouteEntries: [entry],
    config: { app: { extensions } },
    apis: [
      [cubemigApiRef, client],
      [
        permissionApiRef,
        { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
      ],
    ],
  });
}

describe("CubeMig's pages in an app of the new frontend system", () => {
  it('begin with the dashboard, and have a tab each', async () => {
    show();
    expect(await screen.findByText('Top rules')).toBeInTheDocument();
    for (const title of [
      'Security',
      'Migrations',
      'Clusters',
      'Response rules',
      'Logs',
      'Simulation',
    ]) {
      expect(screen.getAllByText(title).length).toBeGreaterThan(0);
    }
  });

  it("have their titles in the reader's language, but for what config has named", async () => {
    show([
      {
        'api:app/app-language': {
          config: { availableLanguages: ['de'], defaultLanguage: 'de' },
        },
      },
      { 'sub-page:cubemig/logs': { config: { title: 'Logbuch' } } },
    ]);
    // The header is drawn anew as its parts come.
    for (const name of ['Regeln', 'Logbuch']) {
      await waitFor(() =>
        expect(screen.getByRole('tab', { name })).toBeInTheDocument(),
      );
    }
  });

  it('say of a page that is not there that it is not', async () => {
    show([], '/cubemig/migration');
    expect(await screen.findByText(/404/)).toBeInTheDocument();
    expect(screen.getByText('Migrations')).toBeInTheDocument();
  });
});
