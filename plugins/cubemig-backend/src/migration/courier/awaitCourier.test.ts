import { TestDatabases } from '@backstage/backend-test-utils';
import { createRun } from '../__testUtils__/createRun';
import { awaitCourier } from './awaitCourier';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('awaitCourier', () => {
  it('does not wait for a pod that admission refuses', async () => {
    const { run, source } = await createRun(databases);
    const job = await source.create('Job', {
      metadata: { namespace: 'cubemig', name: 'courier' },
    });
    await source.create('Event', {
      metadata: { namespace: 'cubemig', name: 'e' },
      involvedObject: { uid: job.metadata!.uid },
      type: 'Warning',
      reason: 'FailedCreate',
      message:
        'Error creating: pods "courier-x" is forbidden: violates PodSecurity "restricted:latest": hostPath volumes',
    });
    const startedAt = Date.now();
    await expect(awaitCourier(run, source, job)).rejects.toMatchObject({
      problem: { code: 'pod-security' },
    });
    expect(Date.now() - startedAt).toBeLessThan(60_000);
  });

  it('does not wait for a Secret that is not there', async () => {
    const { run, source } = await createRun(databases);
    const job = await source.create('Job', {
      metadata: { namespace: 'cubemig', name: 'courier' },
    });
    const pod = await source.create('Pod', {
      metadata: {
        namespace: 'cubemig',
        name: 'courier-x',
        labels: { 'job-name': 'courier' },
      },
    });
    await source.create('Event', {
      metadata: { namespace: 'cubemig', name: 'e' },
      involvedObject: { uid: pod.metadata!.uid },
      type: 'Warning',
      reason: 'FailedMount',
      message:
        'MountVolume.SetUp failed for volume "registry" : secret "cubemig-registry" not found',
    });
    await expect(awaitCourier(run, source, job)).rejects.toMatchObject({
      problem: {
        code: 'secret-missing',
        message: expect.stringContaining('cubemig-registry'),
      },
    });
  });
});
