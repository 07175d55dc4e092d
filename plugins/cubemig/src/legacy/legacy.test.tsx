import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  MockPermissionApi,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  aCompletedMigration,
  aSummary,
  cluster1,
  serveApi,
} from '../__testUtils__';
import { cubemigApiRef } from '../api';
import { CubemigPage, HomePageCubemigCard } from './plugin';

describe('CubemigPage in an app of the old frontend system', () => {
  it('shows the dashboard, and leads to a migration', async () => {
    const client = serveApi(({ path }) => {
      if (path === '/clusters') return { items: [cluster1] };
      if (path === '/alerts/summary') return aSummary();
      if (/timeline|reports|courier/.test(path)) return { items: [] };
      if (path === '/migrations/m1') return aCompletedMigration({ id: 'm1' });
      if (path === '/migrations') {
        return { items: [aCompletedMigration({ id: 'm1' })], total: 1 };
      }
      return { items: [], total: 0 };
    });
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [cubemigApiRef, client],
          [permissionApiRef, new MockPermissionApi()],
        ]}
      >
        <Routes>
          <Route path="/cubemig/*" element={<CubemigPage />} />
        </Routes>
      </TestApiProvider>,
      {
        routeEntries: ['/cubemig'],
        mountedRoutes: {
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );
    expect(await screen.findByText('Top rules')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Migrations' }));
    const [first] = await screen.findAllByRole('link', { name: /counter/ });
    await userEvent.click(first);
    expect(await screen.findByText('What came of it')).toBeInTheDocument();
  });

  it('has a card for the home page', async () => {
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [
            cubemigApiRef,
            serveApi(({ path }) =>
              path === '/alerts/summary' ? aSummary() : { items: [], total: 0 },
            ),
          ],
        ]}
      >
        <HomePageCubemigCard />
      </TestApiProvider>,
    );
    expect(await screen.findByText('Running migrations')).toBeInTheDocument();
  });
});
