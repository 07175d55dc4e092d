import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aCompletedMigration,
  aMigration,
  Answer,
  cluster1,
  cluster2,
  ErrorAnswer,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { MigrationsPage } from './MigrationsPage';

const show = (answer: Answer, search = '') =>
  renderPage(<MigrationsPage />, answer, { at: `/${search}` });

/** Answers lists by what is asked, and keeps the questions about the list that is paged. */
function world(asked: URLSearchParams[] = []): Answer {
  return ({ path, query }) => {
    if (path === '/clusters') return { items: [cluster1, cluster2] };
    if (query.get('status') === 'running,undoing,queued') {
      return {
        items: [
          aMigration({ id: 'q', queuePosition: 3, waitsFor: 'node1 is busy' }),
        ],
        total: 1,
      };
    }
    asked.push(query);
    return {
      items: [aCompletedMigration({ id: 'm1', attempt: 2 })],
      total: 1234,
      nextCursor: 'the-next',
    };
  };
}

describe('the page of all migrations', () => {
  it('shows what waits, with its place in the queue, and what was done', async () => {
    show(world());
    const queue = await screen.findByRole('table', {
      name: 'Under way and waiting',
    });
    expect(queue).toHaveTextContent(
      'Number 3 in the queue, waits: node1 is busy',
    );
    const list = await screen.findByRole('table', { name: 'Migrations' });
    expect(list).toHaveTextContent(/Completed.*Move \(attempt 2\).*4.2 s/);
    expect(within(list).getByRole('link', { name: /counter/ })).toHaveAttribute(
      'href',
      '/cubemig/migrations/m1',
    );
    expect(await findBarriers()).toEqual([]);
  });

  it('keeps filters, order and page in the URL', async () => {
    const asked: URLSearchParams[] = [];
    show(world(asked), '?status=failed&cluster=cluster2&sort=pod&order=asc');
    await screen.findByRole('table', { name: 'Migrations' });
    expect(Object.fromEntries(asked[0])).toEqual({
      status: 'failed',
      cluster: 'cluster2',
      sort: 'pod',
      order: 'asc',
      limit: '50',
    });

    expect(screen.getByText('1,234 in all')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(asked[asked.length - 1].get('cursor')).toBe('the-next'),
    );

    await userEvent.selectOptions(screen.getByLabelText('Status'), 'Completed');
    await waitFor(() =>
      expect(asked[asked.length - 1].get('status')).toBe('completed'),
    );
    expect(asked[asked.length - 1].has('cursor')).toBe(false);

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() =>
      expect(asked[asked.length - 1].has('status')).toBe(false),
    );
  });

  it('says what is wrong when nothing can be read', async () => {
    show(
      () =>
        new ErrorAnswer(403, {
          name: 'NotAllowedError',
          message: 'cubemig.migration.read is missing',
        }),
    );
    expect(
      (await screen.findAllByText('The migrations could not be read')).length,
    ).toBe(2);
    expect(screen.getAllByRole('alert')[0]).toHaveTextContent(
      'cubemig.migration.read is missing',
    );
  });
});
