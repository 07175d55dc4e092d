import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCompletedMigration, Answer, ErrorAnswer } from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { FirstRun } from './FirstRun';

const answer: Answer = ({ path }) =>
  path === '/migrations'
    ? { items: [aCompletedMigration({ id: 'm1' })], total: 1 }
    : { items: [], total: 0 };

const show = (config = {}) =>
  renderPage(<FirstRun isRecoverable />, answer, { config });
const guided = { cubemig: { firstRun: 'component:default/counter' } };

describe('the first run', () => {
  beforeEach(() => localStorage.clear());

  it('ticks what has happened, and leads to what is next', async () => {
    show(guided);
    expect(await screen.findByText(/1 of 4 done/)).toBeInTheDocument();
    const [move, attack, , read] = screen.getAllByRole('listitem');
    expect(within(move).getByRole('link')).toHaveAttribute(
      'href',
      '/cubemig/migrations/m1',
    );
    expect(attack).toHaveAttribute('aria-current', 'step');
    expect(within(attack).getByRole('link')).toHaveAttribute(
      'href',
      '/cubemig/simulation?attack=reverse_shell',
    );
    expect(within(read).queryByRole('link')).not.toBeInTheDocument();
    expect(await findBarriers()).toEqual([]);
  });

  it('stays away once it is dismissed, until it is asked for', async () => {
    const { unmount } = show(guided);
    const dismiss = await screen.findByRole('button', { name: 'Dismiss' });
    act(() => dismiss.focus());
    await userEvent.keyboard('{Enter}');
    const again = { name: 'Show the first run again' };
    expect(await screen.findByRole('button', again)).toBeInTheDocument();
    unmount();

    show(guided);
    await userEvent.click(await screen.findByRole('button', again));
    expect(await screen.findByText(/1 of 4 done/)).toBeInTheDocument();
  });

  it('says what it takes to who may not do it', async () => {
    renderPage(
      <FirstRun />,
      request =>
        request.path === '/simulations'
          ? new ErrorAnswer(403, { name: 'NotAllowedError', message: 'no' })
          : answer(request),
      { config: guided },
    );
    expect(
      await screen.findByText('This is not for you to do'),
    ).toBeInTheDocument();
    expect(screen.getByText(/cubemig\.simulation\.run/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Read more' })).toHaveAttribute(
      'href',
      '/cubemig/docs/operate#who-may-what',
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(
      screen.queryByText('This is not for you to do'),
    ).not.toBeInTheDocument();
  });

  it('is for demos: without config there is none', async () => {
    const asked = jest.fn();
    renderPage(
      <>
        <p>the page</p>
        <FirstRun isRecoverable />
      </>,
      asked,
    );
    expect(await screen.findByText('the page')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(asked).not.toHaveBeenCalled();
  });
});
