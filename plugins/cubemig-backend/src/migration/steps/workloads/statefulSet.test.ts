import { TestDatabases } from '@backstage/backend-test-utils';
import { KubeStatefulSet } from '../../../clusters';
import { createRun } from '../../__testUtils__/createRun';
import { stopSource } from '../stopSource';
import { statefulSet } from './statefulSet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const key = { namespace: 'demo', name: 'db' };
const rolling = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } };

function set(replicas: number, start?: number): KubeStatefulSet {
  return {
    metadata: { ...key },
    spec: {
      replicas,
      ordinals: start === undefined ? undefined : { start },
      updateStrategy: rolling,
      selector: { matchLabels: { app: 'db' } },
      template: {},
    },
    status: { replicas, currentRevision: 'r1', updateRevision: 'r1' },
  };
}

/** A run that moves the pod of an ordinal out of a StatefulSet with three. */
async function runOf(ordinal: number) {
  const created = await createRun(databases, {
    owner: { kind: 'StatefulSet', name: 'db' },
  });
  const { run, source, target } = created;
  const name = `db-${ordinal}`;
  const labels = { app: 'db' };
  await source.create('StatefulSet', set(3));
  const pod = await source.create('Pod', {
    metadata: { namespace: 'demo', name, labels },
  });
  const restored = await target.create('Pod', {
    metadata: { namespace: 'demo', name },
  });
  await run.save(
    {
      source: { ...run.migration.source, pod: name, uid: pod.metadata!.uid },
      target: { ...run.destination, pod: name, uid: restored.metadata!.uid },
    },
    { workload: set(3) },
  );
  return { ...created, pod };
}

describe('a StatefulSet', () => {
  it.each([
    [2, { replicas: 2 }],
    [0, { replicas: 2, ordinals: { start: 1 } }],
  ])('lets its pod %i go by what it has then', async (ordinal, spec) => {
    const { run, source } = await runOf(ordinal);
    await statefulSet.release(run, source);
    await statefulSet.release(run, source);
    const { template, selector, updateStrategy, ...range } = (await source.get(
      'StatefulSet',
      key,
    ))!.spec!;
    expect(range).toEqual(spec);
  });

  it('is left as it is, and the migration goes back, where it cannot let that pod go', async () => {
    const { run, source } = await runOf(1);
    const before = await source.get('StatefulSet', key);
    await expect(stopSource(run)).rejects.toMatchObject({
      problem: { code: 'ordinal-between' },
    });
    expect(await source.get('StatefulSet', key)).toEqual(before);
    expect(run.facts.isSourceStopping).toBe(false);
  });

  it('gives up the room that it has made, and updates as before', async () => {
    const { run, target, pod } = await runOf(1);
    await target.create('StatefulSet', set(1, 2));
    const before = (await target.get('StatefulSet', key))!.spec;
    target.refuse = (verb, path) =>
      verb === 'patch' && path.includes('pods') ? 'Forbidden' : undefined;
    await expect(statefulSet.join(run, pod)).rejects.toThrow('pods/db-1');
    expect((await target.get('StatefulSet', key))!.spec).toMatchObject({
      replicas: 2,
      ordinals: { start: 1 },
      updateStrategy: { type: 'OnDelete' },
    });
    await statefulSet.leave!(run);
    await statefulSet.leave!(run);
    expect((await target.get('StatefulSet', key))!.spec).toEqual(before);
  });

  it.each([
    [set(1, 5), 'ordinals-apart'],
    [set(2, 1), 'ordinal-taken'],
    [
      { ...set(1, 2), status: { replicas: 1, updateRevision: 'r2' } },
      'rollout-under-way',
    ],
  ])('is not touched where it cannot take the pod', async (standing, code) => {
    const { run, target, pod } = await runOf(1);
    await target.create('StatefulSet', standing);
    const { length } = target.changes;
    await expect(statefulSet.join(run, pod)).rejects.toMatchObject({
      problem: { code },
    });
    expect(target.changes).toHaveLength(length);
  });
});
