import { renderTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { aSummary, cluster1, serveApi } from '../__testUtils__';
import { cubemigApiRef } from '../api';
import { cubemigPlugin } from '../plugin';

describe("CubeMig's pages in an app of the new frontend system", () => {
  it('begin with the dashboard, and have a tab each', async () => {
    const client = serveApi(({ path }) => {
      if (path === '/alerts/summary') return aSummary();
      return path === '/clusters'
        ? { items: [cluster1] }
        : { items: [], total: 0 };
    });
    renderTestApp({
      features: [cubemigPlugin],
      initialRouteEntries: ['/cubemig'],
      apis: [
        [cubemigApiRef, client],
        [
          permissionApiRef,
          { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
        ],
      ],
    });
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
});
