import { TestDatabases } from '@backstage/backend-test-utils';
import { ClusterApiError, KubePod } from '../../clusters';
import { createRun } from '../__testUtils__/createRun';
import { containerStarts } from './sourcePod';
import { validate } from './validate';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const key = { namespace: 'demo', name: 'p' };

const restored = {
  metadata: key,
  spec: { containers: [{ name: 'app' }] },
  status: {
    conditions: [{ type: 'ContainersReady', status: 'True' }],
    containerStatuses: [
      {
        name: 'app',
        restartCount: 0,
        state: { running: { startedAt: '2026-11-23T00:00:00Z' } },
      },
    ],
  },
} as unknown as KubePod;

/** A migration whose pod was restored and is watched for a moment. */
async function start() {
  const { run, target, source } = await createRun(databases);
  const pod = await target.create('Pod', structuredClone(restored));
  await source.create('Pod', structuredClone(restored));
  run.config.migration.settleSeconds = 0.1;
  await run.save(
    {
      target: {
        cluster: 'c2',
        namespace: 'demo',
        pod: 'p',
        uid: pod.metadata!.uid,
      },
    },
    { pod: restored, targetStarts: containerStarts(pod) },
  );
  run.enter('validate');
  const end = async () => {
    await target.patch('Pod', key, {
      status: { conditions: [{ type: 'ContainersReady', status: 'False' }] },
    });
  };
  return { run, target, end };
}

describe('validate', () => {
  it('is content with a pod that stays as it was restored', async () => {
    const { run } = await start();
    await validate.run(run);
    expect(run.migration.warnings).toEqual([]);
  });

  it('fails as soon as the pod is not ready any more', async () => {
    const { run, end } = await start();
    run.config.migration.settleSeconds = 60;
    const validating = validate.run(run);
    await end();
    await expect(validating).rejects.toThrow('did not stay ready');
  });

  it('takes no pod for steady that nobody could look at', async () => {
    const { run, target, end } = await start();
    target.interrupt = (verb, path) =>
      verb === 'list' && path.endsWith('/pods')
        ? new ClusterApiError('c2', undefined, undefined, 'reset')
        : undefined;
    await end();
    await expect(validate.run(run)).rejects.toThrow('did not stay ready');
  });

  it('notices another pod of that name', async () => {
    const { run, target } = await start();
    await target.delete('Pod', key);
    await target.create('Pod', structuredClone(restored));
    await expect(validate.run(run)).rejects.toMatchObject({
      problem: { code: 'restored-pod-gone' },
    });
  });
});
