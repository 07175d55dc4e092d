import { AlertHandling } from '@cubemig/plugin-cubemig-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anAlert, anAlertDetail, Answer, ErrorAnswer } from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { SecurityPage } from '../security';

/** A backend with one alert that can be handled, unless it refuses. */
function world(refusal?: ErrorAnswer) {
  const posts: { path: string; body: unknown }[] = [];
  let alert = anAlertDetail({ decisions: [], lineage: [] });
  const answer: Answer = ({ method, path, body }) => {
    if (method !== 'POST') return alert;
    posts.push({ path, body });
    if (refusal) return refusal;
    const state: AlertHandling = path.endsWith('/close')
      ? 'closed'
      : 'acknowledged';
    const { reason } = body as { reason?: string };
    const handling = {
      state,
      by: 'user:default/ada',
      at: alert.lastAt,
      reason,
    };
    alert = { ...alert, handling };
    return anAlert({ handling });
  };
  return { answer, posts };
}

const show = (answer: Answer, isAllowed = true) =>
  renderPage(<SecurityPage />, answer, { at: '/alerts/a1', isAllowed });

/** The part of the page that is about handling, once its buttons can be pressed, or cannot. */
async function findHandling(denial?: RegExp) {
  const panel = await screen.findByRole('region', { name: 'Handling' });
  const button = (name: string) => within(panel).getByRole('button', { name });
  const buttons = [button('Acknowledge'), button('Close')];
  for (const each of buttons) {
    await waitFor(() =>
      denial
        ? expect(each).toHaveAttribute('title', expect.stringMatching(denial))
        : expect(each).not.toHaveAttribute('aria-disabled'),
    );
  }
  return { panel, acknowledge: buttons[0], close: buttons[1] };
}

describe('the page of an alert', () => {
  it('acknowledges it, and says who is at it', async () => {
    const { answer, posts } = world();
    show(answer);
    const { panel, acknowledge } = await findHandling();
    expect(panel).toHaveTextContent('Nobody is at it');
    await userEvent.click(acknowledge);
    await waitFor(() =>
      expect(panel).toHaveTextContent(/Acknowledged · .*ada · /),
    );
    expect(posts).toEqual([{ path: '/alerts/a1/acknowledge', body: {} }]);
    expect(await findBarriers()).toEqual([]);
  });

  it('says why nothing was decided about it', async () => {
    const trouble = 'The cluster does not answer';
    show(() => anAlertDetail({ trouble, decisions: [], lineage: [] }));
    const note = await screen.findByText(/^CubeMig could not work on this/);
    expect(note.parentElement).toHaveTextContent(trouble);
  });

  it('closes it for a reason, once', async () => {
    const { answer, posts } = world();
    show(answer);
    const { panel, close } = await findHandling();
    await userEvent.click(close);
    const dialog = screen.getByRole('dialog', { name: 'Close this alert?' });
    const send = within(dialog).getByRole('button', { name: 'Close' });
    const reason = within(dialog).getByRole('textbox', { name: /^Reason/ });
    expect(await findBarriers()).toEqual([]);
    await userEvent.type(reason, '  ');
    expect(send).toBeDisabled();
    await userEvent.type(reason, 'a drill');
    await userEvent.click(send);
    await waitFor(() =>
      expect(panel).toHaveTextContent(/Closed by hand · .*ada · .*“a drill”/),
    );
    expect(posts).toEqual([
      { path: '/alerts/a1/close', body: { reason: 'a drill' } },
    ]);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(within(panel).queryAllByRole('button')).toEqual([]);
  });

  it('names the permission that is missing', async () => {
    const { answer, posts } = world();
    show(answer, false);
    const { acknowledge, close } = await findHandling(/cubemig\.alert\.handle/);
    await userEvent.click(acknowledge);
    await userEvent.click(close);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(posts).toEqual([]);
    expect(await findBarriers()).toEqual([]);
  });

  it('says why the backend refuses, and keeps what was written', async () => {
    const { answer } = world(
      new ErrorAnswer(409, {
        name: 'ConflictError',
        message: 'user:default/bob has closed this alert already; reload it',
      }),
    );
    show(answer);
    const { panel, acknowledge, close } = await findHandling();
    await userEvent.click(acknowledge);
    const problem = await within(panel).findByRole('alert');
    expect(problem).toHaveTextContent(/The alert stays as it was.*bob/);

    await userEvent.click(close);
    const dialog = screen.getByRole('dialog');
    const reason = within(dialog).getByRole('textbox', { name: /^Reason/ });
    await userEvent.type(reason, 'a drill{Enter}');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(/bob/);
    expect(reason).toHaveValue('a drill');
  });
});
