import { Migration } from '@cubemig/plugin-cubemig-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  aCompletedMigration,
  aFailedMigration,
  aMigration,
  Answer,
  aReportSummary,
  aStoredReport,
  secondsAgo,
} from '../__testUtils__';
import { renderPage } from '../__testUtils__/renderPage';
import { MigrationPage } from './MigrationPage';

const figures: NonNullable<Migration['figures']> = {
  dumps: [{ container: 'counter', frozenMicros: 96_000 }],
  totalMs: 6000,
};

/** The page of the migration m1 among these. Returns what was asked. */
function show(
  migrations: Migration[],
  options: { search?: string; isAllowed?: boolean; answer?: Answer } = {},
) {
  const { search = '', isAllowed, answer } = options;
  const requests: string[] = [];
  renderPage(
    <Routes>
      <Route path="/cubemig/migrations/:id" element={<MigrationPage />} />
    </Routes>,
    async request => {
      const { method, path } = request;
      requests.push(`${method} ${path}`);
      const answered = await answer?.(request);
      if (answered) return answered;
      if (path === '/migrations') return { items: migrations };
      if (path.endsWith('/reports')) return { items: [aReportSummary()] };
      if (path.includes('/reports/')) return aStoredReport();
      if (/timeline|courier-events/.test(path)) return { items: [] };
      return migrations.find(({ id }) => path.includes(id));
    },
    { at: `/cubemig/migrations/m1${search}`, isAllowed },
  );
  return requests;
}

jest.setTimeout(30_000);

describe("a migration's page", () => {
  it('compares its figures with those of earlier migrations of the workload', async () => {
    const earlier = (id: string, totalMs: number) =>
      aCompletedMigration(
        { id, figures: { ...figures, totalMs } },
        { ago: 9000 },
      );
    show([
      aCompletedMigration({ id: 'm1', figures }),
      earlier('p1', 3000),
      earlier('p2', 4000),
      earlier('p3', 90_000),
    ]);
    const table = await screen.findByRole('table', { name: 'Figures' });
    expect(
      await within(table).findByText('Earlier, median of 3'),
    ).toBeInTheDocument();
    expect(
      within(table).getByText('Total time').closest('tr'),
    ).toHaveTextContent('Total time6.0 s4.0 s+50 %');
  });

  it('draws the steps over time, containers side by side', async () => {
    const done = aCompletedMigration({ id: 'm1' });
    show([
      {
        ...done,
        steps: done.steps.map(step =>
          step.phases
            ? {
                ...step,
                phases: step.phases.flatMap(phase => [
                  phase,
                  { ...phase, container: 'sidecar' },
                ]),
              }
            : step,
        ),
      },
    ]);
    const chart = await screen.findByRole('list', { name: 'Steps' });
    expect(chart).toHaveTextContent('counter: Push to registry');
    expect(chart).toHaveTextContent('sidecar: Push to registry');
    expect(
      within(chart).getAllByRole('img', { name: 'succeeded' }),
    ).toHaveLength(13);
  });

  it('cancels after asking', async () => {
    const running = aMigration({
      id: 'm1',
      status: 'running',
      startedAt: secondsAgo(3),
    });
    const requests = show([running]);
    const cancel = await screen.findByRole('button', {
      name: 'Cancel migration',
    });
    await waitFor(() => expect(cancel).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(cancel);
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent('goes on serving in cluster1');
    expect(requests).not.toContain('POST /migrations/m1/cancel');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel migration' }),
    );
    expect(requests).toContain('POST /migrations/m1/cancel');
  });

  it('does not let somebody cancel who may not', async () => {
    const requests = show(
      [aMigration({ id: 'm1', status: 'running', startedAt: secondsAgo(3) })],
      { isAllowed: false },
    );
    const button = await screen.findByRole('button', {
      name: /Cancel migration/,
    });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'cubemig.migration.cancel',
    );
    expect(requests).not.toContain('POST /migrations/m1/cancel');
  });

  it('tries a failed one again, and leads to the new one', async () => {
    const again = aMigration({ id: 'm2', attempt: 2, status: 'completed' });
    show([aFailedMigration({ id: 'm1' }), again], {
      answer: ({ path }) => (path.endsWith('/retry') ? again : undefined),
    });
    expect(await screen.findByText(/The step “Restore” failed/)).toBeVisible();
    const retry = screen.getByRole('button', { name: 'Try again' });
    await waitFor(() => expect(retry).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(retry);
    await waitFor(() =>
      expect(
        screen.queryByText(/The step “Restore” failed/),
      ).not.toBeInTheDocument(),
    );
    expect(await screen.findByText('Completed')).toBeInTheDocument();
  });

  it('shows the forensic report: findings at their processes', async () => {
    show([aCompletedMigration({ id: 'm1' })], {
      search: '?tab=forensics&part=processes',
    });
    expect(await screen.findByText('Compromised')).toBeInTheDocument();
    const worker = await screen.findByText('.kworker');
    expect(worker.closest('li')).toHaveTextContent(
      'A program runs whose file is gone',
    );
  });
});
