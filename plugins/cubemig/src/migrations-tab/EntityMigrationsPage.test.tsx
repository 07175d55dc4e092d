import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { EntityMigrationsPage } from './EntityMigrationsPage';

describe('EntityMigrationsPage', () => {
  it('says which annotation an entity lacks', async () => {
    renderInTestApp(
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'library' },
        }}
      >
        <EntityMigrationsPage />
      </EntityProvider>,
    );
    expect(
      await screen.findByText('backstage.io/kubernetes-id'),
    ).toBeInTheDocument();
  });
});
