import { mockServices } from '@backstage/backend-test-utils';
import {
  checkpointTag,
  LABEL_MIGRATION,
  Migration,
} from '@cubemig/plugin-cubemig-common';
import { join } from 'node:path';
import { isPodReady } from '../pods';
import { useLab } from './__testUtils__/useLab';
import { createRegistryClient } from './createRegistryClient';
import { checkpointRepository } from './objects';
import { Retention } from './retention';

const namespace = 'demo';
const ops = 'user:default/ops';
const LATER_MS = 3 * 60_000;

/** Cancelling and tidying up, with no more rights than deploy/ grants. */
describe('in the lab', () => {
  const used = useLab(
    {
      portBase: 21_470,
      subnet: 217,
      manifests: [`cluster1=${join(__dirname, '__fixtures__/workloads.yaml')}`],
    },
    { pods: ['solo'] },
  );

  it('cancels while the courier is on its way, and leaves the source serving', async () => {
    const { store } = used.migrations;
    const running = used.migrations.run({
      pod: 'solo',
      targetCluster: 'cluster2',
    });
    const { id } = await used.migrations.awaitNewest(({ steps }) =>
      steps.some(
        ({ name, status }) => name === 'checkpoint' && status === 'running',
      ),
    );
    expect(await store.cancel(id, ops)).toBe(true);
    const ended = await running;
    expect(ended).toMatchObject({ status: 'cancelled', cancelledBy: ops });
    expect(ended.figures?.totalMs).toBeGreaterThan(0);
    const source = await used.lab
      .admin('cluster1')
      .get('Pod', { namespace, name: 'solo' });
    expect(isPodReady(source!)).toBe(true);
    const { lab } = used;
    expect(await lab.admin('cluster2').list('Pod', { namespace })).toEqual([]);
    expect(
      await lab.admin('cluster1').list('Job', { namespace: 'cubemig' }),
    ).toEqual([]);
  });

  it('removes images that nobody holds, and what was left behind', async () => {
    const { config, store } = used.migrations;
    const order = { mode: 'checkpoint' as const, pod: 'solo' };
    const held = await used.migrations.run(order);
    const other = await used.migrations.run(order);
    expect(other).toMatchObject({
      status: 'completed',
      figures: {
        dumps: [{ frozenMicros: expect.any(Number) }],
        checkpointMs: expect.any(Number),
        pushMs: expect.any(Number),
      },
    });
    await store.hold(held.id, ops);
    const admin = used.lab.admin('cluster1');
    await admin.create('Pod', {
      metadata: {
        name: 'left-behind',
        namespace,
        labels: {
          [LABEL_MIGRATION]: other.id,
          'app.kubernetes.io/name': 'cubemig-pre-pull',
        },
      },
      spec: {
        containers: [{ name: 'a', image: 'registry.lab/demo/counter:1' }],
      },
    });

    const registry = createRegistryClient(config);
    const retention = new Retention({
      store,
      retention: store.retention,
      clusters: used.lab.clusters,
      registry,
      config: {
        ...config,
        retention: { ...config.retention, keepPerWorkload: 0 },
      },
      logger: mockServices.logger.mock(),
    });
    await retention.run(Date.now() + LATER_MS);

    const repository = checkpointRepository(config.registry.prefix, {
      cluster: 'cluster1',
      namespace,
      workload: 'solo',
    });
    const find = ({ id, checkpoints }: Migration) =>
      registry.resolveTag(
        repository,
        checkpointTag(id, checkpoints[0].container),
      );
    expect(await find(held)).toBeDefined();
    expect(await find(other)).toBeUndefined();
    expect(await store.get(other.id)).toMatchObject({
      checkpointsRemoved: { reason: 'the workload had 0 newer ones' },
    });
    await used.lab.awaitGone('cluster1', 'left-behind');
    await registry.close();
  });
});
