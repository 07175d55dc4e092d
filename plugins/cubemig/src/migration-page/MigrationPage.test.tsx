import { Migration } from '@cubemig/plugin-cubemig-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  aCompletedMigration,
  aFailedMigration,
  aMigration,
  Answer,
  aPlan,
  aReportSummary,
  aStoredReport,
  cluster1,
  cluster2,
  secondsAgo,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
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
    expect(await findBarriers()).toEqual([]);
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
    expect(screen.getByRole('link', { name: 'Read more' })).toHaveAttribute(
      'href',
      '/cubemig/docs/troubleshooting?code=bind-mount-missing#every-cause-that-cubemig-knows',
    );
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

  it('restores what it has stored, into a quarantine where it was taken', async () => {
    const asked: unknown[] = [];
    show(
      [
        aCompletedMigration({ id: 'm1', mode: 'checkpoint' }),
        aMigration({ id: 'm2', mode: 'restore' }),
      ],
      {
        answer: ({ path, method, body }) => {
          if (method === 'POST') asked.push({ path, body });
          if (path === '/clusters') return { items: [cluster1, cluster2] };
          if (path === '/migrations/plan') return aPlan({ mode: 'restore' });
          return method === 'POST'
            ? aMigration({ id: 'm2', mode: 'restore' })
            : undefined;
        },
      },
    );
    const restore = await screen.findByRole('button', { name: 'Restore' });
    await waitFor(() => expect(restore).not.toHaveAttribute('aria-disabled'));
    await userEvent.click(restore);
    const dialog = await screen.findByRole('dialog', { name: /^Restore / });
    expect(
      within(dialog).queryByRole('radio', { name: /^Move/ }),
    ).not.toBeInTheDocument();
    await userEvent.selectOptions(
      within(dialog).getByLabelText(/^Target cluster/),
      'cluster1',
    );
    await userEvent.type(
      within(dialog).getByLabelText('Target namespace'),
      'lab',
    );
    await userEvent.click(within(dialog).getByLabelText('Quarantine'));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Make the plan' }),
    );
    const start = within(dialog).getByRole('button', {
      name: 'Restore in cluster1',
    });
    await waitFor(() => expect(start).toBeEnabled());
    await userEvent.click(start);
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    const body = {
      mode: 'restore',
      checkpointsOf: 'm1',
      containers: ['counter'],
      sourceCluster: 'cluster1',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p',
      entityRef: 'component:default/counter',
      targetCluster: 'cluster1',
      targetNamespace: 'lab',
      quarantine: true,
    };
    expect(asked).toEqual([
      { path: '/migrations/plan', body },
      { path: '/migrations', body },
    ]);
  });

  it('says why its checkpoints cannot be restored any more', async () => {
    show([
      aCompletedMigration({
        id: 'm1',
        checkpointsRemoved: {
          at: secondsAgo(7200),
          reason: 'the workload had 3 newer ones',
        },
      }),
    ]);
    const note = await screen.findByText(/the workload had 3 newer ones/);
    expect(note).toHaveTextContent('(2 hours ago)');
    expect(
      screen.queryByRole('button', { name: 'Restore' }),
    ).not.toBeInTheDocument();
  });

  it('folds warnings once there are many', async () => {
    const warnings = ['one port closes', 'a volume stays', 'its IP changes'];
    show([aCompletedMigration({ id: 'm1', warnings })]);
    expect(await screen.findByText('3 things to know')).toBeInTheDocument();
    expect(screen.queryByText('a volume stays')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show them' }));
    expect(screen.getByText('a volume stays')).toBeInTheDocument();
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
