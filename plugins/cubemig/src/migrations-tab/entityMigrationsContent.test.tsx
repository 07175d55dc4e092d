import { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  KUBERNETES_ID,
  Migration,
  MigrationRequest,
} from '@cubemig/plugin-cubemig-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aCompletedMigration,
  aFailedMigration,
  aMigration,
  Answer,
  aPlan,
  aPod,
  cluster1,
  cluster2,
  ErrorAnswer,
  podsOf,
  secondsAgo,
  serveApi,
  unreachableCluster,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { cubemigApiRef } from '../api';
import { entityMigrationsContent } from './entityMigrationsContent';

const counter: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'counter', annotations: { [KUBERNETES_ID]: 'counter' } },
  spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
};

function renderTab(answer: Answer, options: { search?: string } = {}) {
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity: counter }),
      entityMigrationsContent,
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [`/${options.search ?? ''}`],
    apis: [
      [cubemigApiRef, serveApi(answer)],
      [
        permissionApiRef,
        { authorize: async () => ({ result: AuthorizeResult.ALLOW }) },
      ],
    ],
  });
}

/** The API of an entity with these pods and migrations; migrations can be replaced while the page looks on. */
function world(pods: unknown[], migrations: Migration[] = []) {
  const state = { migrations };
  const answer: Answer = ({ path }) => {
    if (path === '/pods') return { items: pods };
    if (path === '/migrations/plan') return aPlan();
    if (path === '/migrations') return { items: state.migrations };
    if (path.endsWith('/timeline')) {
      return {
        items: [
          {
            sequence: 1,
            time: secondsAgo(5),
            step: 'preflight',
            level: 'info',
            message: 'Both clusters answer',
          },
        ],
      };
    }
    return (
      state.migrations.find(({ id }) => path.endsWith(id)) ??
      new ErrorAnswer(404, { name: 'NotFoundError', message: 'unknown' })
    );
  };
  return { state, answer };
}

/** From the dialog's first step to its last. */
async function makePlan() {
  await userEvent.click(screen.getByRole('button', { name: 'Next' }));
  await userEvent.click(screen.getByRole('button', { name: 'Make the plan' }));
}

const twoClusters = [podsOf(cluster1, aPod()), podsOf(cluster2)];

describe('the tab Migrations', () => {
  it('shows the pods of each cluster, and what keeps them from being migrated', async () => {
    const { answer } = world([
      podsOf(
        cluster1,
        aPod({ restarts: 3 }),
        aPod({
          name: 'cache-0',
          status: 'CrashLoopBackOff',
          ready: false,
          obstacle: {
            code: 'not-running',
            message: 'The container is not running.',
            remedy: 'Wait until it is.',
          },
        }),
      ),
      podsOf(
        cluster2,
        aPod({
          name: 'moved',
          cluster: 'cluster2',
          restoredBy: { migration: 'm0', sourceCluster: 'cluster1' },
        }),
      ),
      podsOf(unreachableCluster),
    ]);
    renderTab(answer);

    const first = await screen.findByRole('region', { name: 'cluster1' });
    const [, healthy, broken] = within(first).getAllByRole('row');
    expect(first).toHaveTextContent('Kubernetes v1.36.2');
    expect(healthy).toHaveTextContent(
      /counter-7d9f8b6c5d-x2x9p.*Running.*Yes3/,
    );
    expect(broken).toHaveTextContent(/cache-0.*CrashLoopBackOff/);

    const blocked = within(broken).getByRole('button');
    expect(blocked).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(blocked);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'The container is not running.Wait until it is.',
    );
    await userEvent.click(blocked);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

    const second = screen.getByRole('region', { name: 'cluster2' });
    expect(second).toHaveTextContent('from cluster1');

    const third = screen.getByRole('region', { name: 'Edge Zürich' });
    expect(third).toHaveTextContent('connect ECONNREFUSED');
    expect(third).toHaveTextContent('Check that the API server runs');
    expect(await findBarriers()).toEqual([]);
  });

  it('starts a migration and follows it to its end', async () => {
    const requests: unknown[] = [];
    const { state, answer } = world(twoClusters);
    renderTab(request => {
      if (request.path !== '/migrations' || request.method !== 'POST') {
        return answer(request);
      }
      requests.push(request.body);
      const { reason } = request.body as MigrationRequest;
      state.migrations = [
        aMigration({
          reason,
          status: 'running',
          startedAt: secondsAgo(2),
          steps: aMigration().steps.map((step, i) =>
            i === 0
              ? { ...step, status: 'running', startedAt: secondsAgo(2) }
              : step,
          ),
        }),
      ];
      return state.migrations[0];
    });

    await userEvent.click(
      await screen.findByRole('button', { name: /^Migrate counter/ }),
    );
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent('Established TCP connections close');
    expect(within(dialog).getByLabelText(/Target cluster/)).toHaveValue(
      'cluster2',
    );
    await makePlan();
    expect(dialog).toHaveTextContent('Nothing stands against it');
    await userEvent.type(
      within(dialog).getByLabelText('Reason'),
      'node maintenance{Enter}',
    );

    const steps = await screen.findByRole('list', { name: 'Steps' });
    expect(requests).toEqual([
      {
        mode: 'move',
        sourceCluster: 'cluster1',
        targetCluster: 'cluster2',
        namespace: 'demo',
        pod: 'counter-7d9f8b6c5d-x2x9p',
        podUid: 'uid-of-counter-7d9f8b6c5d-x2x9p',
        entityRef: 'component:default/counter',
        forensicAnalysis: true,
        aiAssessment: false,
        copyVolumes: true,
        copyConfigMaps: false,
        copySecrets: false,
        reason: 'node maintenance',
      },
    ]);
    expect(within(steps).getAllByRole('listitem')).toHaveLength(7);
    expect(
      within(steps).getByRole('progressbar', { name: 'running' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Step 1 of 7: Preflight')).toBeInTheDocument();
    expect(
      await screen.findByRole('button', { name: /^Follow the migration/ }),
    ).toBeInTheDocument();

    state.migrations = [aCompletedMigration({ id: 'm1' })];
    expect(
      await screen.findByText('The pod moved to cluster2'),
    ).toBeInTheDocument();
    expect(within(steps).getAllByTitle('succeeded')).toHaveLength(7);
    const panel = screen.getByRole('region', { name: /^Migration of/ });
    expect(panel).toHaveTextContent('4.2 sTotal time');
    expect(panel).toHaveTextContent('96 ms');
    expect(panel).toHaveTextContent('3.3 MiB');
  });

  it('explains a failure, what to do, and that the source runs on', async () => {
    const { answer } = world(twoClusters, [aFailedMigration({ id: 'm7' })]);
    renderTab(answer, { search: '?migration=m7' });

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The step “Restore” failed');
    expect(alert).toHaveTextContent('expects following bind mounts');
    expect(alert).toHaveTextContent('Create the volume');
    expect(alert).toHaveTextContent(
      /The source is still running: counter-7d9f8b6c5d-x2x9p goes on serving on cluster1/,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Timeline' }));
    expect(await screen.findByText('Both clusters answer')).toBeInTheDocument();
  });

  it('does not claim that the source runs once it was cut over', async () => {
    const failed = aFailedMigration({ id: 'm8' });
    const { answer } = world(twoClusters, [
      {
        ...failed,
        steps: failed.steps.map(step => ({ ...step, status: 'succeeded' })),
        failure: { ...failed.failure!, step: 'clean-up' },
      },
    ]);
    renderTab(answer, { search: '?migration=m8' });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The step “Clean up” failed');
    expect(alert).not.toHaveTextContent('still running');
  });

  it('opens a migration of the history', async () => {
    const { answer } = world(twoClusters, [
      aCompletedMigration({ id: 'm3', reason: 'drain the node' }),
    ]);
    renderTab(answer);
    const history = await screen.findByRole('table', { name: 'History' });
    expect(history).toHaveTextContent(/Completed.*cluster1 to cluster2.*4.2 s/);
    await userEvent.click(
      within(history).getByRole('link', { name: /^counter/ }),
    );
    expect(
      await screen.findByText('Reason: drain the node'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Close this migration' }),
    );
    expect(
      screen.queryByText('Reason: drain the node'),
    ).not.toBeInTheDocument();
  });

  it('has the page of the history in the URL, and keeps it when a migration is opened', async () => {
    const many = Array.from({ length: 23 }, (_, i) =>
      aCompletedMigration({
        id: `m${i}`,
        source: { ...aMigration().source, pod: `pod-${i}` },
      }),
    );
    renderTab(world(twoClusters, many).answer, { search: '?page=2' });
    const history = await screen.findByRole('table', { name: 'History' });
    expect(within(history).getByText('pod-10')).toBeInTheDocument();
    expect(screen.getByText('11–20 of 23')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    await userEvent.click(
      within(history).getByRole('link', { name: 'pod-22' }),
    );
    expect(
      await screen.findByText('The pod moved to cluster2'),
    ).toBeInTheDocument();
    expect(screen.getByText('21–23 of 23')).toBeInTheDocument();
  });

  it('leads to the pod that a migration made, as long as it is there', async () => {
    const moved = aCompletedMigration({ id: 'm4' });
    const { answer } = world(
      [
        podsOf(cluster1),
        podsOf(
          cluster2,
          aPod({
            cluster: 'cluster2',
            name: moved.target!.pod,
            uid: moved.target!.uid,
          }),
        ),
      ],
      [moved, aCompletedMigration({ id: 'm3', target: aMigration().target })],
    );
    renderTab(answer, { search: '?migration=m4' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the pod' }),
    );
    expect(document.activeElement).toHaveTextContent(moved.target!.pod);

    const older = screen.getAllByRole('link', { name: /^counter/ })[1];
    await userEvent.click(older);
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Show the pod' }),
      ).not.toBeInTheDocument(),
    );
    expect(
      await screen.findByText('The pod moved to cluster2'),
    ).toBeInTheDocument();
  });

  it('says which label makes a pod belong to the entity', async () => {
    renderTab(world([podsOf(cluster1), podsOf(cluster2)]).answer);
    expect(
      await screen.findByText('This entity has no pods'),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(
      'backstage.io/kubernetes-id: counter',
    );
    expect(screen.getByText('No migrations yet')).toBeInTheDocument();
  });

  it('says why nothing can be shown, and tries again when asked', async () => {
    let isBroken = true;
    const { answer } = world(twoClusters);
    renderTab(request =>
      isBroken
        ? new ErrorAnswer(503, {
            name: 'ServiceUnavailableError',
            message: 'The Kubernetes plugin does not answer',
          })
        : answer(request),
    );
    expect(
      await screen.findByText('The pods could not be read'),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('alert')[0]).toHaveTextContent(
      'The Kubernetes plugin does not answer',
    );
    isBroken = false;
    await userEvent.click(
      screen.getAllByRole('button', { name: 'Try again' })[0],
    );
    expect(
      await screen.findByRole('region', { name: 'cluster1' }),
    ).toBeInTheDocument();
  });
});
