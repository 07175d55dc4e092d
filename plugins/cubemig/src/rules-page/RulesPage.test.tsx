import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answer, aRule, cluster1, cluster2 } from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { RulesPage } from './RulesPage';

const original = {
  rule: 'Terminal shell in container',
  cluster: 'cluster1',
  action: 'migrate',
  targetCluster: 'cluster2',
  forensic_analysis: true,
};

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
    if (path === '/response/rules/export') {
      return { config: [original] };
    }
    if (path === '/response/rules' && method === 'POST') return second;
    return { items: [first, second] };
  };
  return { answer, sent };
}

describe('the page of response rules', () => {
  it('shows the rules in their order, and changes it', async () => {
    const { answer, sent } = world();
    renderPage(<RulesPage />, answer);
    const table = await screen.findByRole('table', { name: 'Response rules' });
    expect(within(table).getAllByRole('row')[1]).toHaveTextContent(
      /Move what is attacked.*Warning or graver.*migrate to quarantine.*Ask a person/,
    );
    const down = within(table).getByRole('button', {
      name: 'Ask Move what is attacked later',
    });
    expect(await findBarriers()).toEqual([]);
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

  it('imports the rules of the original, from its file', async () => {
    const { answer, sent } = world();
    renderPage(<RulesPage />, answer);
    const start = await screen.findByRole('button', { name: 'Import' });
    await waitFor(() => expect(start).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(start);
    const dialog = screen.getByRole('dialog');
    const add = within(dialog).getByRole('button', { name: 'Import' });
    const text = within(dialog).getByLabelText('Its config.json, pasted');
    await userEvent.type(text, 'rubbish');
    expect(
      within(dialog).getByText('These are no rules of the original CubeMig'),
    ).toBeInTheDocument();
    expect(add).toBeDisabled();

    const content = JSON.stringify({ config: [original] });
    const file = new File([content], 'config.json');
    // jsdom's files cannot be read as text.
    file.slice = () => ({ text: async () => content } as Blob);
    await userEvent.upload(
      within(dialog).getByLabelText('Its config.json, as a file'),
      file,
    );
    expect(
      await within(dialog).findByText(
        'Terminal shell in container on cluster1: Migrate to cluster2, Forensic analysis',
      ),
    ).toBeInTheDocument();
    expect(await findBarriers()).toEqual([]);
    await userEvent.selectOptions(
      within(dialog).getByLabelText('Mode'),
      'approve',
    );
    await userEvent.click(add);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/response/rules/import',
        body: { config: [original], mode: 'approve' },
      },
    ]);
  });

  it('exports what the original can express, and says how much that is', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = blob => `blob:${saved.push(blob as Blob)}`;
    URL.revokeObjectURL = () => {};
    const downloads = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation();
    renderPage(<RulesPage />, world().answer);
    const button = await screen.findByRole('button', { name: 'Export' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    expect(
      await screen.findByText(/^1 of 2 rules were exported/),
    ).toBeInTheDocument();
    expect(saved).toHaveLength(1);
    expect(downloads).toHaveBeenCalledTimes(1);
    downloads.mockRestore();
  });
});
