import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPodReady } from '../pods';
import { useLab } from './__testUtils__/useLab';

const namespace = 'demo';
const targetCluster = 'cluster2';

/** What migrations do besides moving, in whole and with no more rights than deploy/ grants. */
describe('in the lab', () => {
  const used = useLab(
    {
      portBase: 21_450,
      subnet: 213,
      manifests: [
        `cluster1=${join(__dirname, '__fixtures__/workloads.yaml')}`,
        join(__dirname, '__fixtures__/copy-secrets.yaml'),
      ],
    },
    {
      pods: ['solo', 'needy', 'duo', 'ranks-0', 'ranks-1'],
      migration: { settleSeconds: 0 },
    },
  );

  const pod = (cluster: string, name: string) =>
    used.lab.admin(cluster).get('Pod', { namespace, name });

  it('copies a pod that nobody sends traffic to, and leaves the source alone', async () => {
    const ended = await used.migrations.run({
      mode: 'copy',
      pod: 'ranks-0',
      targetCluster,
    });
    expect(ended.failure).toBeUndefined();
    const copy = (await pod('cluster2', 'ranks-0-copy'))!;
    expect(isPodReady(copy)).toBe(true);
    expect(copy.metadata?.labels).not.toHaveProperty('app');
    expect(copy.spec?.readinessGates).toEqual([]);
    expect(isPodReady((await pod('cluster1', 'ranks-0'))!)).toBe(true);
  });

  it('brings along the ConfigMaps and Secrets that the target lacks, only if asked', async () => {
    const order = { mode: 'copy' as const, pod: 'needy', targetCluster };
    const bare = await used.migrations.plan(order);
    expect(bare.blockers.map(({ code }) => code)).toEqual([
      'references-missing',
    ]);
    const ended = await used.migrations.run({
      ...order,
      copyConfigMaps: true,
      copySecrets: true,
    });
    expect(ended.failure).toBeUndefined();
    const admin = used.lab.admin('cluster2');
    const settings = { namespace, name: 'settings' };
    const credentials = { namespace, name: 'credentials' };
    expect((await admin.get('ConfigMap', settings))?.data).toEqual({
      greeting: 'hello',
    });
    expect((await admin.get('Secret', credentials))?.data).toEqual({
      password: Buffer.from('correct horse').toString('base64'),
    });
    await admin.delete('Pod', { namespace, name: 'needy-copy' });
    await admin.delete('Secret', credentials);
  });

  it.each([
    [
      {
        cluster: 'cluster1',
        fault: 'checkpoint-fails',
        cause: 'tcp-established',
      },
      'source-lacks-tcp-close',
    ],
    [
      { cluster: 'cluster1', fault: 'checkpoint-fails', cause: 'ghost-file' },
      'deleted-file-too-large',
    ],
    [{ fault: 'registry-full' }, 'disk-full'],
    [
      { cluster: 'cluster2', fault: 'pull-fails', cause: 'unauthorized' },
      'image-unauthorized',
    ],
    [
      { cluster: 'cluster2', fault: 'pull-fails', cause: 'unreachable' },
      'registry-unreachable',
    ],
    [
      { cluster: 'cluster2', fault: 'restore-fails', cause: 'cpu-features' },
      'cpu-differs',
    ],
    [
      { cluster: 'cluster2', fault: 'restore-fails', cause: 'address-taken' },
      'address-in-use',
    ],
  ])('explains %j and leaves nothing behind', async (fault, code) => {
    await used.lab.fault(fault);
    const ended = await used.migrations.run({ pod: 'ranks-1', targetCluster });
    expect(ended.failure).toMatchObject({ code });
    expect(isPodReady((await pod('cluster1', 'ranks-1'))!)).toBe(true);
    expect(await pod('cluster2', 'ranks-1')).toBeUndefined();
    const jobs = await used.lab
      .admin('cluster1')
      .list('Job', { namespace: 'cubemig' });
    expect(jobs).toEqual([]);
  });

  it('takes a checkpoint as evidence and restores it later, in quarantine, though the source is deleted', async () => {
    const taken = await used.migrations.run({
      mode: 'checkpoint',
      pod: 'needy',
      contain: 'delete',
    });
    expect(taken.failure).toBeUndefined();
    expect(taken.target).toBeUndefined();
    expect(taken.checkpoints).toHaveLength(1);
    await used.lab.awaitGone('cluster1', 'needy');

    const order = {
      mode: 'restore' as const,
      pod: 'needy',
      targetCluster,
      checkpointsOf: taken.id,
      quarantine: true,
    };
    const plan = await used.migrations.plan(order);
    expect(plan.blockers).toEqual([]);
    const made = plan.actions.filter(({ step }) => step === 'restore');
    expect(made.map(({ kind }) => kind)).toEqual([
      'NetworkPolicy',
      'ServiceAccount',
      'ConfigMap',
      'ConfigMap',
      'Pod',
    ]);

    const ended = await used.migrations.run(order);
    expect(ended.failure).toBeUndefined();
    const restored = (await pod('cluster2', 'needy-restored'))!;
    expect(isPodReady(restored)).toBe(true);
    expect(restored.spec?.automountServiceAccountToken).toBe(false);
    const [policy] = await used.lab
      .admin('cluster2')
      .list('NetworkPolicy', { namespace });
    expect(policy.spec).toEqual({
      podSelector: { matchLabels: { 'cubemig.io/migration': ended.id } },
      policyTypes: ['Ingress', 'Egress'],
    });
    const secrets = await used.lab
      .admin('cluster2')
      .list('Secret', { namespace });
    expect(secrets.map(({ metadata }) => metadata?.name)).not.toContain(
      'credentials',
    );
  });

  it('cuts a source off whose evidence is safe, and leaves it so though the restore fails', async () => {
    await used.lab.fault({ cluster: 'cluster2', fault: 'restore-fails' });
    const ended = await used.migrations.run({
      mode: 'copy',
      pod: 'solo',
      targetCluster,
      contain: 'isolate',
    });
    expect(ended.failure).toMatchObject({ step: 'restore' });
    const source = (await pod('cluster1', 'solo'))!;
    expect(source.metadata?.labels).toMatchObject({
      app: 'solo',
      'cubemig.io/contained-by': ended.id,
    });
    const [policy] = await used.lab
      .admin('cluster1')
      .list('NetworkPolicy', { namespace });
    expect(policy.spec?.podSelector?.matchLabels).toEqual({
      'cubemig.io/contained-by': ended.id,
    });
    expect(await pod('cluster2', 'solo-copy')).toBeUndefined();
  });

  it('moves a pod that is deleted as soon as its checkpoint is safe', async () => {
    const admin = used.lab.admin('cluster1');
    const [{ metadata }] = await admin.list('Pod', {
      namespace,
      labelSelector: 'app=pair',
    });
    const ended = await used.migrations.run({
      pod: metadata!.name,
      targetCluster,
      contain: 'delete',
    });
    expect(ended.failure).toBeUndefined();
    const key = { namespace, name: 'pair' };
    expect((await admin.get('Deployment', key))?.spec?.replicas).toBe(1);
    const target = used.lab.admin('cluster2');
    expect((await target.get('Deployment', key))?.spec?.replicas).toBe(1);
    expect(isPodReady((await pod('cluster2', metadata!.name!))!)).toBe(true);
  });

  it('carries the files of an emptyDir that processes hold open', async () => {
    const order = { pod: 'duo', targetCluster };
    const without = await used.migrations.plan({
      ...order,
      copyVolumes: false,
    });
    expect(without.warnings.map(({ code }) => code)).toContain('volumes-stay');
    const source = (await pod('cluster1', 'duo'))!;
    const marker = (uid = '') =>
      join(used.lab.findEmptyDir(uid, 'shared'), 'marker');
    writeFileSync(marker(source.metadata!.uid), 'was here', { mode: 0o640 });

    const ended = await used.migrations.run(order);
    expect(ended.failure).toBeUndefined();
    const restored = (await pod('cluster2', 'duo'))!;
    expect(isPodReady(restored)).toBe(true);
    const carried = marker(restored.metadata!.uid);
    expect(readFileSync(carried, 'utf8')).toBe('was here');
    expect(statSync(carried).mode % 0o1000).toBe(0o640);
  });
});
