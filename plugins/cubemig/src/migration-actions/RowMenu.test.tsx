import { Migration } from '@cubemig/plugin-cubemig-common';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aCompletedMigration,
  aFailedMigration,
  Answer,
  cluster1,
  cluster2,
  ErrorAnswer,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { HistoryTable } from '../history/HistoryTable';

/** The history with one migration, its row's menu opened by keyboard. */
async function open(
  migration: Migration,
  answer: Answer = () => undefined,
  isAllowed = true,
) {
  const requests: string[] = [];
  const onSelect = jest.fn();
  renderPage(
    <HistoryTable
      migrations={[migration]}
      isFolded={false}
      onSelect={onSelect}
    />,
    request => {
      requests.push(`${request.method} ${request.path}`);
      return answer(request);
    },
    { isAllowed },
  );
  const button = await screen.findByRole('button', { name: /^Actions for/ });
  act(() => button.focus());
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('menu');
  return { requests, onSelect };
}

const names = () =>
  screen.getAllByRole('menuitem').map(item => item.textContent);

describe("the menu of a migration's row", () => {
  it('tries a failed one again by keyboard, and leaves the row alone', async () => {
    const { requests, onSelect } = await open(
      aFailedMigration({ id: 'm1' }),
      () => aFailedMigration({ id: 'm2', attempt: 2 }),
    );
    await waitFor(() =>
      expect(names()).toEqual([
        'Open page',
        'Try again',
        'Restore',
        'Download all',
      ]),
    );
    expect(await findBarriers()).toEqual([]);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await waitFor(() =>
      expect(requests).toContain('POST /migrations/m1/retry'),
    );
    expect(onSelect).not.toHaveBeenCalled();
  });

  it('restores stored checkpoints by the dialog', async () => {
    await open(aCompletedMigration(), () => ({ items: [cluster1, cluster2] }));
    const restore = await screen.findByRole('menuitem', { name: 'Restore' });
    await userEvent.click(restore);
    expect(
      await screen.findByRole('dialog', { name: /Restore/ }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  });

  it('says which permission it takes', async () => {
    const { requests } = await open(aFailedMigration(), undefined, false);
    const retry = await screen.findByRole('menuitem', {
      name: /Try again.*cubemig\.migration\.create/,
    });
    await userEvent.click(retry);
    expect(requests).toEqual([]);
  });

  it('says why the backend has refused', async () => {
    await open(
      aCompletedMigration(),
      () =>
        new ErrorAnswer(409, {
          name: 'ConflictError',
          message: 'its evidence is being collected',
        }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Download all' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'its evidence is being collected',
    );
  });
});
