import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import { aCompletedMigration, Answer, ErrorAnswer } from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { EntityCubemigCard } from './EntityCubemigCard';

const denied = new ErrorAnswer(403, {
  name: 'NotAllowedError',
  message: 'not allowed',
});

const show = (answer: Answer, annotations = {}) =>
  renderPage(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'counter', annotations },
      }}
    >
      <EntityCubemigCard />
    </EntityProvider>,
    answer,
  );
const known = { 'backstage.io/kubernetes-id': 'counter' };

describe('the card of an entity', () => {
  it('has the last migration, and leads to it', async () => {
    show(
      ({ path }) =>
        path === '/migrations'
          ? { items: [aCompletedMigration({ id: 'm1' })], total: 1 }
          : { items: [], total: 0 },
      known,
    );
    expect(
      await screen.findByRole('link', { name: /counter/ }),
    ).toHaveAttribute('href', '/cubemig/migrations/m1');
    expect(await findBarriers()).toEqual([]);
  });

  it('says of each thing that it is not for this user, rather than that something failed', async () => {
    show(() => denied, known);
    await waitFor(() =>
      expect(screen.getAllByText('not for you to see')).toHaveLength(3),
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says which annotation an entity lacks, and leads to what the docs say of it', async () => {
    show(() => denied);
    const more = await screen.findByText('Read more');
    expect(more.closest('a')).toHaveAttribute(
      'href',
      '/cubemig/docs/use#make-your-service-known',
    );
  });
});
