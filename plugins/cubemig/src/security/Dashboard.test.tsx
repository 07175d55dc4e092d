import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDecision,
  anAlert,
  Answer,
  aSummary,
  cluster1,
  ErrorAnswer,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { Dashboard } from './Dashboard';

const show = (answer: Answer, search = '') =>
  renderPage(<Dashboard />, answer, { at: `/${search}` });

function world() {
  const asked: URLSearchParams[] = [];
  const posts: { path: string; body: unknown }[] = [];
  const state = { decisions: [aDecision()], summary: aSummary() };
  const answer: Answer = ({ method, path, query, body }) => {
    if (method === 'POST') {
      posts.push({ path, body });
      state.decisions = [];
      return aDecision({ status: 'pending' });
    }
    if (path === '/clusters') return { items: [cluster1] };
    if (path === '/alerts/summary') {
      asked.push(query);
      return state.summary;
    }
    if (path === '/alerts') return { items: [anAlert()], total: 1 };
    return { items: state.decisions, total: state.decisions.length };
  };
  return { answer, asked, posts, state };
}

describe('the security dashboard', () => {
  it('shows counts, what cried most, and the alerts with their decision', async () => {
    const { answer } = world();
    show(answer);
    expect(await screen.findByText('1,270')).toBeInTheDocument();
    const rules = screen.getByRole('region', { name: 'Top rules' });
    expect(rules).toHaveTextContent('Read sensitive file untrusted16');
    const feed = await screen.findByRole('table', { name: 'Alerts' });
    expect(
      within(feed).getByRole('link', { name: /^Redirect STDOUT/ }),
    ).toHaveAttribute('href', '/cubemig/security/alerts/a1');
    expect(await findBarriers()).toEqual([]);
  });

  it('is narrowed down by a rule, a priority and a bar, all in the URL', async () => {
    const { answer, asked } = world();
    show(answer, '?range=week');
    const newest = () => asked[asked.length - 1];
    const rules = await screen.findByRole('region', { name: 'Top rules' });
    expect(Date.parse(newest().get('since')!)).toBeLessThan(
      Date.now() - 6.9 * 86_400_000,
    );

    await userEvent.click(within(rules).getByRole('button', { name: /^Read/ }));
    await waitFor(() =>
      expect(newest().get('rule')).toBe('Read sensitive file untrusted'),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: /^Critical/ }),
    );
    await waitFor(() => expect(newest().get('priority')).toBe('Critical'));

    await userEvent.selectOptions(screen.getByLabelText('Handling'), 'none');
    await waitFor(() => expect(newest().get('handling')).toBe('none'));

    const bars = screen.getByRole('toolbar', { name: /^Alerts over time/ });
    const bar = within(bars).getByRole('button', { name: /21 alerts/ });
    act(() => bar.focus());
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{Enter}');
    await waitFor(() => expect(newest().has('until')).toBe(true));
    expect(
      Date.parse(newest().get('until')!) - Date.parse(newest().get('since')!),
    ).toBe(3_600_000);
    expect(newest().get('rule')).toBe('Read sensitive file untrusted');
  });

  it('approves what waits for a person, with a comment', async () => {
    const { answer, posts } = world();
    show(answer);
    const approvals = await screen.findByRole('region', {
      name: 'Waiting for approval',
    });
    const approve = await within(approvals).findByRole('button', {
      name: 'Approve',
    });
    await waitFor(() => expect(approve).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(approve);
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Comment'), 'go');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve' }),
    );
    expect(
      await screen.findByText('Nothing waits for your approval.'),
    ).toBeInTheDocument();
    expect(posts).toEqual([
      { path: '/decisions/d1/approve', body: { comment: 'go' } },
    ]);
  });

  it('says how alerts come here when there are none', async () => {
    const { answer, state } = world();
    state.summary = aSummary({
      alerts: 0,
      buckets: [],
      rules: [],
      workloads: [],
      clusters: [],
    });
    show(answer);
    expect(await screen.findByText('No alerts yet')).toBeInTheDocument();
    expect(screen.getByText(/falcosidekick/)).toBeInTheDocument();
  });

  it('says what is wrong when nothing can be read', async () => {
    show(
      () =>
        new ErrorAnswer(403, {
          name: 'NotAllowedError',
          message: 'cubemig.alert.read is missing',
        }),
    );
    expect(
      await screen.findByText('The summary could not be read'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The alerts could not be read'),
    ).toBeInTheDocument();
  });
});
