import { TestDatabases } from '@backstage/backend-test-utils';
import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { ClusterApiError } from '../../clusters';
import { createRun, migration } from '../__testUtils__/createRun';
import { cutOver } from './cutOver';
import { scaleOnce, takeBackReplica } from './replicas';
import { stopSource } from './stopSource';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const key = { namespace: 'demo', name: 'counter' };
const scaled = { kind: 'Deployment' as const, ...key };
const deployment = {
  metadata: { ...key },
  spec: { replicas: 3, selector: {}, template: {} },
};

const lost = () => new ClusterApiError('c', undefined, undefined, 'reset');

describe('what a migration makes', () => {
  const own = {
    metadata: { ...key, labels: { [LABEL_MIGRATION]: migration.id } },
  };

  it('is made once, and removed', async () => {
    const { run, target, store } = await createRun(databases);
    const made = await run.make(target, 'Pod', own);
    expect(await run.make(target, 'Pod', own)).toEqual(made);
    await run.removeMade();
    expect(await target.list('Pod', { namespace: 'demo' })).toEqual([]);
    expect(await store.listObjects(migration.id)).toEqual([]);
  });

  it('is made once although the answer was lost', async () => {
    const { run, target, store } = await createRun(databases);
    target.interrupt = (verb, _path, when) => {
      if (verb !== 'create' || when === 'before') return undefined;
      target.interrupt = () => undefined;
      return lost();
    };
    const made = await run.make(await run.target(), 'Pod', own);
    expect(await target.list('Pod', { namespace: 'demo' })).toEqual([made]);
    expect(await store.listObjects(migration.id)).toMatchObject([
      { uid: made.metadata!.uid },
    ]);
    const [event] = (await store.listEvents(migration.id)).slice(-1);
    expect(event.message).toBe(
      'The API server of c2 gives no answer; asking again: reset',
    );
  });

  it('is never taken for what others made under the same name', async () => {
    const { run, target } = await createRun(databases);
    await target.create('Pod', { metadata: { ...key } });
    await expect(run.make(target, 'Pod', own)).rejects.toThrow(
      "has a Pod 'counter'",
    );
    await run.removeMade();
    expect(await target.list('Pod', { namespace: 'demo' })).toHaveLength(1);
  });
});

describe('scaleOnce', () => {
  it('scales once, however often it is asked, and can be taken back once', async () => {
    const { run, target } = await createRun(databases);
    await target.create('Deployment', structuredClone(deployment));
    expect(await scaleOnce(run, target, scaled, 1)).toBe(4);
    expect(await scaleOnce(run, target, scaled, 1)).toBe(4);
    await takeBackReplica(run, target, scaled);
    await takeBackReplica(run, target, scaled);
    expect((await target.get('Deployment', key))?.spec?.replicas).toBe(3);
  });
});

describe('stopSource', () => {
  it('deletes a bare pod, and only that one', async () => {
    const { run, source } = await createRun(databases);
    const pod = await source.create('Pod', {
      metadata: { namespace: 'demo', name: 'p' },
    });
    await run.save({
      source: { ...run.migration.source, uid: pod.metadata!.uid },
    });
    await stopSource(run);
    expect(await source.list('Pod', { namespace: 'demo' })).toEqual([]);
    expect(run.facts.isSourceStopping).toBe(true);
  });

  it('may be gone back on if the cluster refuses: the source is untouched then', async () => {
    const owner = { kind: 'Deployment', name: 'counter' };
    const { run, source, target } = await createRun(databases, { owner });
    await source.create('Deployment', structuredClone(deployment));
    const pod = await source.create('Pod', {
      metadata: { namespace: 'demo', name: 'p' },
    });
    await run.save({
      source: { ...run.migration.source, uid: pod.metadata!.uid },
    });
    await target.create('Deployment', structuredClone(deployment));
    await scaleOnce(run, target, scaled, 1);

    source.refuse = (verb, path) =>
      verb === 'patch' && path.includes('deployments')
        ? 'Forbidden'
        : undefined;
    await expect(stopSource(run)).rejects.toThrow('deployments/counter');
    expect(run.facts.isSourceStopping).toBe(false);

    await cutOver.undo!(run);
    expect((await target.get('Deployment', key))?.spec?.replicas).toBe(3);
    expect((await source.get('Deployment', key))?.spec?.replicas).toBe(3);
    const left = await source.get('Pod', { namespace: 'demo', name: 'p' });
    expect(left?.metadata?.annotations).toEqual({});
  });

  it('goes forward only where nobody knows whether the source was touched', async () => {
    const owner = { kind: 'Deployment', name: 'counter' };
    const { run, source } = await createRun(databases, { owner });
    await source.create('Deployment', structuredClone(deployment));
    source.interrupt = (verb, _path, when) => {
      if (verb !== 'patch' || when === 'before') return undefined;
      source.refuse = () => 'Forbidden';
      return lost();
    };
    await expect(stopSource(run)).rejects.toThrow('could not be stopped');
    source.refuse = () => undefined;
    expect((await source.get('Deployment', key))?.spec?.replicas).toBe(2);
    expect(run.facts.isSourceStopping).toBe(true);
  });

  it('goes forward only once the source was scaled down', async () => {
    const owner = { kind: 'Deployment', name: 'counter' };
    const { run, source } = await createRun(databases, { owner });
    await source.create('Deployment', structuredClone(deployment));
    source.refuse = (verb, path) =>
      verb === 'list' && path.includes('pods') ? 'Forbidden' : undefined;
    await expect(stopSource(run)).rejects.toThrow('could not be stopped');
    expect(run.facts.isSourceStopping).toBe(true);
  });
});
