import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aBlocker,
  aMigration,
  Answer,
  aPlan,
  aPod,
  cluster1,
  cluster2,
  ErrorAnswer,
  unreachableCluster,
} from '../__testUtils__';
import { findBarriers } from '../__testUtils__/findBarriers';
import { renderPage } from '../__testUtils__/renderPage';
import { MigrateDialog } from './MigrateDialog';
import { Passenger, passengerAmong } from './passenger';

function show(
  answer: Answer,
  clusters = [cluster1, cluster2],
  pod: Passenger = aPod(),
  isAllowed = true,
) {
  const onClose = jest.fn();
  const onStarted = jest.fn();
  renderPage(
    <MigrateDialog
      pod={pod}
      clusters={clusters}
      entityRef="component:default/counter"
      onClose={onClose}
      onStarted={onStarted}
    />,
    answer,
    { isAllowed },
  );
  return { onClose, onStarted };
}

/** From the first step to the last. */
async function makePlan() {
  await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
  await userEvent.click(screen.getByRole('button', { name: 'Make the plan' }));
}

describe('MigrateDialog', () => {
  it('shows what stands against a migration, and checks again', async () => {
    let blockers = [aBlocker];
    show(() => aPlan({ blockers }));
    await makePlan();

    const alert = await screen.findByText('One thing stands against it');
    expect(alert.closest('[role=alert]')).toHaveTextContent(
      'ConfigMap demo/settings: cluster2 has no ConfigMap settings in the namespace demo.What to do: Create it there',
    );
    const [more] = screen.getAllByRole('link', { name: /^Read more/ });
    expect(more).toHaveAttribute(
      'href',
      `/cubemig/docs/troubleshooting?code=${aBlocker.code}#what-does-not-move-move-it-how`,
    );
    // What was chosen in the dialog stays.
    expect(more).toHaveAttribute('target', '_blank');
    const start = screen.getByRole('button', { name: 'Migrate to cluster2' });
    expect(start).toBeDisabled();

    blockers = [];
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(start).toBeEnabled());
  });

  it('shows a refusal at its field, and keeps what was chosen', async () => {
    const { onClose } = show(
      () =>
        new ErrorAnswer(400, {
          name: 'InputError',
          message: 'targetNamespace: cluster2 grants no namespace "x"',
        }),
    );
    await userEvent.type(await screen.findByLabelText('Target namespace'), 'x');
    await makePlan();

    expect(
      await screen.findByText('The plan could not be made'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    const field = screen.getByLabelText('Target namespace');
    expect(field).toHaveValue('x');
    expect(field).toHaveAccessibleDescription(
      'cluster2 grants no namespace "x"',
    );
    await userEvent.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
  });

  it('takes a checkpoint where there is no cluster to go to', async () => {
    const asked: unknown[] = [];
    const { onStarted } = show(
      ({ path, body }) => {
        asked.push(body);
        return path === '/migrations'
          ? aMigration({ mode: 'checkpoint', target: undefined })
          : aPlan({ mode: 'checkpoint', target: undefined });
      },
      [cluster1, unreachableCluster],
    );
    expect(
      await screen.findByText('No cluster to migrate to'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
    await userEvent.click(
      screen.getByRole('radio', { name: /^Checkpoint only/ }),
    );
    await makePlan();
    const start = screen.getByRole('button', { name: 'Take the checkpoint' });
    await waitFor(() => expect(start).toBeEnabled());
    await userEvent.click(start);
    await waitFor(() => expect(onStarted).toHaveBeenCalled());
    expect(asked[1]).toMatchObject({ mode: 'checkpoint', contain: 'none' });
    expect(asked[1]).not.toHaveProperty('targetCluster');
  });

  const twoContainers = aPod({
    containers: [
      { name: 'counter', image: 'registry:5000/counter:1' },
      { name: 'sidecar', image: 'registry:5000/sidecar:1' },
    ],
  });

  it('lets some containers travel, and Secrets if asked to', async () => {
    const asked: unknown[] = [];
    show(
      ({ body }) => {
        asked.push(body);
        return aPlan();
      },
      [cluster1, cluster2],
      twoContainers,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'counter' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'sidecar' }));
    const toPlan = screen.getByRole('button', { name: 'Make the plan' });
    expect(toPlan).toBeDisabled();
    expect(screen.getByText('Choose one at least.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('checkbox', { name: 'sidecar' }));
    const secrets = screen.getByLabelText('Copy Secrets that the target lacks');
    expect(await findBarriers()).toEqual([]);
    expect(secrets).not.toBeChecked();
    await waitFor(() => expect(secrets).toBeEnabled());
    await userEvent.click(secrets);
    await userEvent.click(toPlan);
    await waitFor(() =>
      expect(asked[0]).toMatchObject({
        containers: ['sidecar'],
        copySecrets: true,
      }),
    );
  });

  const whole = 'All pods of the Deployment counter, one after the other';

  it('takes the whole workload along where it is moved, if asked to', async () => {
    const asked: unknown[] = [];
    const pods = [aPod(), aPod({ name: 'other' })];
    show(
      ({ body }) => {
        asked.push(body);
        return aPlan();
      },
      [cluster1, cluster2],
      passengerAmong(pods, pods[0]),
    );
    const next = await screen.findByRole('button', { name: 'Next' });
    await userEvent.click(screen.getByRole('radio', { name: /^Copy/ }));
    await userEvent.click(next);
    expect(screen.queryByLabelText(whole)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await userEvent.click(screen.getByRole('radio', { name: /^Move/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    const field = screen.getByLabelText(whole);
    expect(field).not.toBeChecked();
    expect(await findBarriers()).toEqual([]);
    await userEvent.click(field);
    await userEvent.click(
      screen.getByRole('button', { name: 'Make the plan' }),
    );
    await waitFor(() =>
      expect(asked[0]).toMatchObject({ mode: 'move', wholeWorkload: true }),
    );
  });

  it('offers no whole where a pod is alone in its workload', async () => {
    const pods = [
      aPod(),
      aPod({ name: 'moved', cluster: 'cluster2' }),
      aPod({ name: 'beside', owner: { kind: 'StatefulSet', name: 'counter' } }),
      aPod({ name: 'bare', owner: undefined }),
    ];
    show(() => aPlan(), [cluster1, cluster2], passengerAmong(pods, pods[0]));
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    expect(screen.queryByLabelText(whole)).not.toBeInTheDocument();
  });

  it('says which permission it takes to copy Secrets', async () => {
    show(() => aPlan(), [cluster1, cluster2], aPod(), false);
    await userEvent.click(await screen.findByRole('button', { name: 'Next' }));
    const secrets = screen.getByLabelText('Copy Secrets that the target lacks');
    await waitFor(() =>
      expect(secrets).toHaveAccessibleDescription(/cubemig\.secret\.copy/),
    );
    expect(secrets).toBeDisabled();
  });

  it('takes nothing of the target along into a quarantine', async () => {
    const asked: unknown[] = [];
    show(({ body }) => {
      asked.push(body);
      return aPlan({ mode: 'copy' });
    });
    await userEvent.click(await screen.findByRole('radio', { name: /^Copy/ }));
    await userEvent.click(screen.getByLabelText('Quarantine'));
    await makePlan();
    await waitFor(() =>
      expect(asked[0]).toMatchObject({ mode: 'copy', quarantine: true }),
    );
    expect(asked[0]).not.toHaveProperty('copySecrets');
    expect(asked[0]).not.toHaveProperty('copyConfigMaps');
  });
});
