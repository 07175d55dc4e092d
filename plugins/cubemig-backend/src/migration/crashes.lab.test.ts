import { TestDatabases } from '@backstage/backend-test-utils';
import { Lab } from './__testUtils__/Lab';
import { startLabMigrations } from './__testUtils__/LabMigrations';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const namespace = 'demo';
const targetCluster = 'cluster2';
/** More changes than any move makes. */
const MOST_CHANGES = 40;
/** How many of a move's changes are tried: one in so many. All of them take minutes. */
const STRIDE = Number(process.env.CUBEMIG_CRASH_STRIDE ?? 6);

/** A move is carried on by another worker, whichever change to a cluster was the last that the first one made. */
describe('in the lab', () => {
  let lab: Lab;
  let migrations: Awaited<ReturnType<typeof startLabMigrations>>;

  beforeAll(async () => {
    lab = await Lab.start({ portBase: 21_460, subnet: 175, manifests: [] });
    migrations = await startLabMigrations(lab, databases, { settleSeconds: 0 });
  });

  afterAll(async () => {
    await migrations?.stop();
    await lab?.close();
  });

  it.each(['ReplicaSet', 'StatefulSet', 'Job', 'Deployment'] as const)(
    "moves a %s's pod, however often its worker dies",
    async kind => {
      const admin = lab.admin('cluster1');
      for (let change = 1; change <= MOST_CHANGES; change += STRIDE) {
        const name = `${kind.toLowerCase()}-${change}`;
        await admin.create(kind, build(kind, name) as any);
        const pod = await lab.awaitPodOf('cluster1', name);
        migrations.crashes.after(change);
        const ended = await migrations.run({ pod, targetCluster });
        if (!migrations.crashes.hasCrashed) break;

        expect({ change, failure: ended.failure }).toEqual({ change });
        await lab.awaitGone('cluster1', pod);
        const restored = await lab.client('cluster2').get('Pod', {
          namespace,
          name: pod,
        });
        expect(restored?.metadata?.uid).toBe(ended.target?.uid);
        const pods = await lab
          .admin('cluster2')
          .list('Pod', { namespace, labelSelector: `app=${name}` });
        const living = pods.filter(p => !p.metadata?.deletionTimestamp);
        expect(living.map(p => p.metadata?.name)).toEqual([pod]);
        await lab.admin('cluster2').delete(kind, { namespace, name });
      }
      expect(migrations.crashes.hasCrashed).toBe(false);
    },
  );
});

function build(kind: string, name: string) {
  const template = {
    metadata: { labels: { app: name } },
    spec: {
      ...(kind === 'Job' ? { restartPolicy: 'Never' } : {}),
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'counter', image: 'registry.lab/demo/counter:1' }],
    },
  };
  const scaled = { replicas: 1, selector: { matchLabels: { app: name } } };
  const service = kind === 'StatefulSet' ? { serviceName: name } : {};
  return {
    metadata: { namespace, name },
    spec: kind === 'Job' ? { template } : { ...scaled, ...service, template },
  };
}
