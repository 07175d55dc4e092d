import { createExtensionTester } from '@backstage/frontend-test-utils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aDecision,
  aMigration,
  Answer,
  aSummary,
  ErrorAnswer,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { homeWidget } from './homeWidget';

const denied = new ErrorAnswer(403, {
  name: 'NotAllowedError',
  message: 'not allowed',
});

/** The card as the home page of the new frontend system gets it. */
function show(answers: {
  summary?: unknown;
  decisions?: unknown;
  migrations?: unknown;
}) {
  const answer: Answer = ({ path }) => {
    if (path === '/alerts/summary') return answers.summary;
    return path === '/decisions' ? answers.decisions : answers.migrations;
  };
  const widget = createExtensionTester(homeWidget).get(homePageWidgetDataRef);
  renderPage(widget.component, answer);
}

const none = { items: [], total: 0 };

describe("CubeMig's card on the home page", () => {
  it('leads to open alerts by priority, decisions that wait, and migrations on their way', async () => {
    show({
      summary: aSummary({ alerts: 1204, priorities: { Critical: 4 } }),
      decisions: { items: [aDecision()], total: 7 },
      migrations: { items: [aMigration({ queuePosition: 2 })], total: 1 },
    });
    const alerts = '/cubemig/security?range=all&status=open';
    for (const [name, path] of [
      ['Open alerts: 1,204', alerts],
      ['Critical: 4', `${alerts}&priority=Critical`],
      ['Waiting for approval: 7', '/cubemig/security'],
      ['migrate shop-5c8d9d7c4b-7k2lp', '/cubemig/security/alerts/a1'],
      ['Running migrations: 1', '/cubemig/migrations'],
      ['counter-7d9f8b6c5d-x2x9p', '/cubemig/migrations/m1'],
    ]) {
      expect(await screen.findByRole('link', { name })).toHaveAttribute(
        'href',
        path,
      );
    }
    expect(screen.getByText('Number 2 in the queue')).toBeInTheDocument();
    expect(await findBarriers()).toEqual([]);
  });

  it('says that nothing needs anybody', async () => {
    show({
      summary: aSummary({ alerts: 0, priorities: {} }),
      decisions: none,
      migrations: none,
    });
    expect(await screen.findByText('Nothing is open.')).toBeInTheDocument();
    expect(screen.getByText('No pod is on its way.')).toBeInTheDocument();
    expect(await findBarriers()).toEqual([]);
  });

  it('shows an owner what they may see, and no more', async () => {
    show({ summary: denied, decisions: denied, migrations: none });
    expect(await screen.findByText('Running migrations')).toBeInTheDocument();
    expect(screen.queryByText('Open alerts')).not.toBeInTheDocument();
  });

  it('names the permission to those who may see nothing', async () => {
    show({ summary: denied, decisions: denied, migrations: denied });
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
    expect(screen.getByText(/cubemig\.alert\.read/)).toBeInTheDocument();
  });

  it('offers to try again what failed, rather than calling it a denial', async () => {
    const answers = {
      summary: new ErrorAnswer(503, {
        name: 'ServiceUnavailableError',
        message: 'the database is away',
      }) as unknown,
      decisions: none,
      migrations: none,
    };
    show(answers);
    expect(await screen.findByText('the database is away')).toBeInTheDocument();
    expect(await findBarriers()).toEqual([]);
    answers.summary = aSummary();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.getByText('Open alerts')).toBeInTheDocument(),
    );
  });
});
