import { useLab } from './__testUtils__/useLab';

jest.setTimeout(300_000);

const namespace = 'demo';
const targetCluster = 'cluster2';
/** More changes than any move makes. */
const MOST_CHANGES = 40;
/** How many of a move's changes are tried: one in so many. All of them take minutes. */
const STRIDE = Number(process.env.CUBEMIG_CRASH_STRIDE ?? 6);

/** A move is carried on by another worker, whichever change to a cluster was the last that the first one made. */
describe('in the lab', () => {
  const used = useLab(
    { portBase: 21_460, subnet: 215, manifests: [] },
    {
      migration: { settleSeconds: 0 },
    },
  );

  it.each([
    ['ReplicaSet', 'absent'],
    ['StatefulSet', 'absent'],
    ['StatefulSet', 'there, with no replicas'],
    ['Job', 'absent'],
    ['Deployment', 'absent'],
  ] as const)(
    "moves a %s's pod where the target's is %s, however often its worker dies",
    async (kind, standing) => {
      const admin = used.lab.admin('cluster1');
      for (let change = 1; change <= MOST_CHANGES; change += STRIDE) {
        const name = `${kind.toLowerCase()}-${standing.slice(0, 2)}-${change}`;
        await admin.create(kind, build(kind, name) as any);
        if (standing !== 'absent') {
          await used.lab
            .admin('cluster2')
            .create(kind, build(kind, name, 0) as any);
        }
        const pod = await used.lab.awaitPodOf('cluster1', name);
        used.migrations.crashes.after(change);
        const ended = await used.migrations.run({ pod, targetCluster });
        if (!used.migrations.crashes.hasCrashed) break;

        expect({ change, failure: ended.failure }).toEqual({ change });
        await used.lab.awaitGone('cluster1', pod);
        const restored = await used.lab.client('cluster2').get('Pod', {
          namespace,
          name: pod,
        });
        expect(restored?.metadata?.uid).toBe(ended.target?.uid);
        const pods = await used.lab
          .admin('cluster2')
          .list('Pod', { namespace, labelSelector: `app=${name}` });
        const living = pods.filter(p => !p.metadata?.deletionTimestamp);
        expect(living.map(p => p.metadata?.name)).toEqual([pod]);
        await used.lab.admin('cluster2').delete(kind, { namespace, name });
      }
      expect(used.migrations.crashes.hasCrashed).toBe(false);
    },
  );
});

function build(kind: string, name: string, replicas = 1) {
  const template = {
    metadata: { labels: { app: name } },
    spec: {
      ...(kind === 'Job' ? { restartPolicy: 'Never' } : {}),
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'counter', image: 'registry.lab/demo/counter:1' }],
    },
  };
  const scaled = { replicas, selector: { matchLabels: { app: name } } };
  const service = kind === 'StatefulSet' ? { serviceName: name } : {};
  return {
    metadata: { namespace, name },
    spec: kind === 'Job' ? { template } : { ...scaled, ...service, template },
  };
}
