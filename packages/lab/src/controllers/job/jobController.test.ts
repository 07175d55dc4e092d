import type { KubeObject } from '../../api/ClusterStore';
import { TestCluster } from '../../testing/TestCluster';
import { waitUntil } from '../../testing/waitUntil';
import recordedJob from './__fixtures__/job-completed.json';
import recordedPod from './__fixtures__/job-pod.json';
import recordedStatuses from './__fixtures__/watch-statuses.json';

describe('jobController', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.start();
    cluster.addNode('node-a');
  });

  afterEach(() => cluster.stop());

  const createJob = (spec: object = {}) =>
    cluster.create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'sample-job' },
      spec: {
        backoffLimit: 0,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'sample', image: 'busybox:1' }],
          },
        },
        ...spec,
      },
    });
  const job = () => cluster.store.get('Job', 'default', 'sample-job');
  const untilStarted = (count = 1) =>
    waitUntil('its pods are bound', () => {
      const bound = cluster.pods().filter(({ spec }) => spec.nodeName);
      return bound.length === count && bound;
    });
  const typesOf = (status: any) =>
    (status?.conditions ?? []).map(({ type }: any) => type);
  const untilFinished = () =>
    waitUntil('it is over', () => {
      const found = job();
      return typesOf(found?.status).length === 2 && found;
    });

  it('runs a pod to completion and says so as recorded', async () => {
    const seen: KubeObject[] = [];
    cluster.store.subscribe('Job', ({ object }) => seen.push(object));
    createJob({ ttlSecondsAfterFinished: 600 });
    const [pod] = await untilStarted();
    cluster.runPod(pod.metadata.name);
    await waitUntil('the pod is ready', () => job()!.status.ready === 1);
    cluster.runPod(pod.metadata.name, false);
    await waitUntil('the pod is unready', () => job()!.status.ready === 0);
    cluster.endPod(pod.metadata.name, 'Succeeded');
    const finished = await untilFinished();

    const normalise = (value: unknown) =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll(finished.metadata.uid, 'JOB')
          .replaceAll(recordedJob.metadata.uid, 'JOB')
          .replaceAll(pod.metadata.uid, 'POD')
          .replaceAll(recordedPod.metadata.uid, 'POD')
          .replaceAll(/"\d{4}-[\d-]+T[\d:]+Z"/g, '"TIME"'),
      );
    expect(normalise(finished.status)).toEqual(normalise(recordedJob.status));
    expect(normalise(finished.metadata.labels)).toEqual(
      normalise(recordedJob.metadata.labels),
    );
    const { template, ...spec } = finished.spec;
    const { template: recordedTemplate, ...recordedSpec } = recordedJob.spec;
    expect(normalise(spec)).toEqual(normalise(recordedSpec));
    expect(normalise(template.metadata)).toEqual(
      normalise(recordedTemplate.metadata),
    );

    const last = cluster.store.get('Pod', 'default', pod.metadata.name)!;
    expect(normalise(last.metadata.labels)).toEqual(
      normalise(recordedPod.metadata.labels),
    );
    expect(last.metadata.finalizers).toBeUndefined();

    const steps = seen
      .map(({ status }) => status)
      .filter(({ uncountedTerminatedPods }) => uncountedTerminatedPods);
    const recorded = recordedStatuses.map(({ status }) => status);
    expect(normalise(steps)).toEqual(normalise(recorded));
    expect(
      cluster.store
        .list('Event', 'default')
        .filter(({ source }) => source.component === 'job-controller')
        .map(({ reason, message }) => `${reason}: ${message}`)
        .sort(),
    ).toEqual([
      'Completed: Job completed',
      `SuccessfulCreate: Created pod: ${pod.metadata.name}`,
    ]);
  });

  it('fails when its pod fails more often than it may', async () => {
    createJob();
    const [pod] = await untilStarted();
    cluster.endPod(pod.metadata.name, 'Failed');
    const { status } = await untilFinished();
    expect(status).toMatchObject({
      failed: 1,
      ready: 0,
      uncountedTerminatedPods: {},
      conditions: [
        { type: 'FailureTarget', reason: 'BackoffLimitExceeded' },
        {
          type: 'Failed',
          reason: 'BackoffLimitExceeded',
          message: 'Job has reached the specified backoff limit',
        },
      ],
    });
    expect(status.active).toBeUndefined();
    expect(cluster.pods()).toHaveLength(1);
  });

  it('stops at its deadline and takes its pod down', async () => {
    createJob({ activeDeadlineSeconds: 1 });
    const [pod] = await untilStarted();
    cluster.runPod(pod.metadata.name);
    const announced = await waitUntil(
      'its pod is being stopped',
      () => job()!.status.terminating === 1 && job()!.status,
    );
    expect(typesOf(announced)).toEqual(['FailureTarget']);
    cluster.removeTerminatedPods();
    const { status } = await untilFinished();
    expect(typesOf(status)).toEqual(['FailureTarget', 'Failed']);
    expect(status.conditions[1].reason).toBe('DeadlineExceeded');
    expect(status).toMatchObject({ failed: 1, terminating: 0 });
  });

  it('starts no pod while it is suspended', async () => {
    createJob({ suspend: true });
    await waitUntil('it was seen', () => job()!.status.ready === 0);
    expect(cluster.pods()).toEqual([]);
  });

  it('goes, with its pods, when its time is up', async () => {
    createJob({ ttlSecondsAfterFinished: 0 });
    const [pod] = await untilStarted();
    cluster.endPod(pod.metadata.name, 'Succeeded');
    await waitUntil('the job is gone', () => !job());
    expect(cluster.pods()).toEqual([]);
  });

  it('leaves no pod behind when it is deleted while it runs', async () => {
    createJob();
    const [pod] = await untilStarted();
    cluster.runPod(pod.metadata.name);
    cluster.store.delete('Job', 'default', 'sample-job');
    await waitUntil('its pod is gone', () => {
      cluster.removeTerminatedPods();
      return cluster.pods().length === 0;
    });
    expect(job()).toBeUndefined();
  });
});
