import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answer, aRule, cluster1, cluster2 } from '../__testUtils__';
import { renderPage } from '../__testUtils__/renderPage';
import { RulesPage } from './RulesPage';

function world() {
  const sent: { method: string; path: string; body: unknown }[] = [];
  const first = aRule();
  const second = aRule({ id: 'r2', name: 'Keep evidence' });
  const answer: Answer = ({ method, path, body }) => {
    if (method !== 'GET') sent.push({ method, path, body });
    if (path === '/clusters') return { items: [cluster1, cluster2] };
    if (path === '/response/switch') {
      return { isOn: sent.every(({ path: to }) => to !== path) };
    }
    if (path === '/response/falco-rules') {
      return {
        items: [
          {
            name: 'Terminal shell in container',
            priority: 'Notice',
            mitre: 'T1059',
          },
        ],
      };
    }
    if (path === '/response/rules/rehearse') {
      return {
        since: '2026-01-01T00:00:00Z',
        examined: 1200,
        matched: 7,
        actions: 2,
        alerts: [],
      };
    }
    if (path === '/response/rules' && method === 'POST') return second;
    return { items: [first, second] };
  };
  return { answer, sent };
}

jest.setTimeout(60_000);

describe('the page of response rules', () => {
  it('shows the rules in their order, and changes it', async () => {
    const { answer, sent } = world();
    renderPage(<RulesPage />, answer);
    const table = await screen.findByRole('table', { name: 'Response rules' });
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent(
      /Move what is attacked.*>= Warning.*migrate to quarantine.*Ask a person/,
    );
    const down = within(table).getByRole('button', {
      name: 'Ask Move what is attacked later',
    });
    await waitFor(() => expect(down).toBeEnabled());
    await userEvent.click(down);
    await waitFor(() =>
      expect(sent).toEqual([
        {
          method: 'PUT',
          path: '/response/rules/order',
          body: { ids: ['r2', 'r1'] },
        },
      ]),
    );
  });

  it('writes a rule, says what it would have done, and saves it', async () => {
    const { answer, sent } = world();
    renderPage(<RulesPage />, answer);
    const add = await screen.findByRole('button', { name: 'Add a rule' });
    await waitFor(() => expect(add).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(add);
    const dialog = screen.getByRole('dialog');
    const save = within(dialog).getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /^Name(?!s)/ }),
      'Shells',
    );
    await userEvent.type(
      within(dialog).getByLabelText('Falco rules'),
      'Terminal{arrowdown}{enter}',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'What would it have done?' }),
    );
    expect(
      await within(dialog).findByText(/matched 7, and acted 2 times/),
    ).toBeInTheDocument();
    await userEvent.click(save);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(sent[1]).toMatchObject({
      method: 'POST',
      path: '/response/rules',
      body: {
        name: 'Shells',
        match: { rules: ['Terminal shell in container'] },
        action: 'checkpoint',
        mode: 'dry-run',
      },
    });
  });

  it('switches all responses off, after asking why', async () => {
    const { answer, sent } = world();
    renderPage(<RulesPage />, answer);
    const off = await screen.findByRole('button', { name: 'Switch off' });
    await waitFor(() => expect(off).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(off);
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Reason'), 'exercise');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Switch off' }),
    );
    expect(
      await screen.findByText(/Nothing is done by itself/),
    ).toBeInTheDocument();
    expect(sent[0].body).toEqual({ isOn: false, reason: 'exercise' });
  });
});
