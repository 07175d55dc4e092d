import { planSchema } from '@cubemig/plugin-cubemig-common';
import { fc } from '../../__testUtils__/fc';
import { Kind, kinds, pathOf } from '../../clusters';
import { HttpClusterClient } from '../../clusters/HttpClusterClient';
import { MemoryCluster } from '../../clusters/__testUtils__/MemoryCluster';
import {
  readConfig,
  samplePod,
  startClusters,
} from '../__testUtils__/samplePlan';
import { createPlan } from './createPlan';

/** What becomes of a field of all objects of a kind. */
const damage = fc.record({
  kind: fc.constantFrom('Pod', 'Node', 'Deployment', 'ReplicaSet', 'Namespace'),
  /** Which one, as a share of them all. */
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  how: fc.constantFrom('missing', 'null', 'empty', 'holed'),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

type Json = Record<string, any>;

/** Every field of an object, and of its parts. */
function fieldsOf(object: Json): [Json, string][] {
  return Object.entries(object).flatMap(([key, value]) => [
    [object, key] as [Json, string],
    ...(typeof value === 'object' && value !== null ? fieldsOf(value) : []),
  ]);
}

function disfigure(object: Json, { place, how }: Damage) {
  const fields = fieldsOf(object);
  const [owner, key] = fields[Math.floor(place * fields.length)] ?? [];
  if (!owner || !key) return;
  const isList = Array.isArray(owner[key]);
  if (how === 'missing') delete owner[key];
  if (how === 'null') owner[key] = null;
  if (how === 'empty') owner[key] = isList ? [] : {};
  if (how === 'holed') owner[key] = isList ? [null, ...owner[key]] : null;
}

/** A client over HTTP of a cluster in memory whose objects are disfigured on their way. */
function serve(cluster: MemoryCluster, damages: Damage[]) {
  return new HttpClusterClient(cluster.cluster, async path => {
    const { pathname } = new URL(path, 'http://cluster');
    for (const kind of Object.keys(kinds) as Kind[]) {
      const base = pathOf(kind, {}).replace(/[^/]+$/, '');
      const rest = new RegExp(
        `^${base}(?:namespaces/([^/]+)/)?${kinds[kind].plural}(?:/([^/]+))?$`,
      ).exec(pathname);
      if (rest) {
        const [, namespace, name] = rest;
        const found = name
          ? [await cluster.get(kind, { namespace, name })].flatMap(o => o ?? [])
          : await cluster.list(kind, { namespace });
        for (const each of damages.filter(d => d.kind === kind)) {
          found.forEach(object => disfigure(object, each));
        }
        if (!name) return Response.json({ metadata: {}, items: found });
        if (found[0]) return Response.json(found[0]);
        break;
      }
    }
    const missing = { kind: 'Status', reason: 'NotFound', message: pathname };
    return Response.json(missing, { status: 404 });
  });
}

const owned = (kind: string, name: string, uid: string) => [
  { apiVersion: 'apps/v1', kind, name, uid, controller: true },
];

/** The sample pod as that of a Deployment, which the target has, too. */
async function startWorld(damages: Damage[]) {
  const pod = samplePod();
  const { labels } = pod.metadata!;
  pod.metadata!.ownerReferences = owned('ReplicaSet', 'rs', 'uid-1');
  const { source, target } = await startClusters(pod);
  const spec = {
    replicas: 1,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: pod.spec },
  } as any;
  for (const cluster of [source, target]) {
    const namespace = 'demo';
    const app = await cluster.create('Deployment', {
      metadata: { namespace, name: 'app' },
      spec,
    });
    const made = await cluster.create('ReplicaSet', {
      metadata: {
        namespace,
        name: 'rs',
        labels: { 'pod-template-hash': 'h' },
        ownerReferences: owned('Deployment', 'app', app.metadata!.uid!),
      },
      spec,
    });
    if (cluster === source) {
      await cluster.patch('Pod', pod.metadata as any, {
        metadata: {
          ownerReferences: owned('ReplicaSet', 'rs', made.metadata!.uid!),
        },
      });
    }
  }
  const clients = [serve(source, damages), serve(target, damages)];
  return {
    list: async () => [{ name: 'c1' }, { name: 'c2' }],
    getClient: async (name: string) => clients[name === 'c1' ? 0 : 1],
  };
}

describe('whatever an API server answers', () => {
  const plan = async (damages: Damage[]) =>
    createPlan(
      {
        sourceCluster: 'c1',
        targetCluster: 'c2',
        namespace: 'demo',
        pod: 'counter',
        mode: 'move',
      } as any,
      {
        clusters: await startWorld(damages),
        config: readConfig(),
        store: { list: async () => ({ items: [] }) } as any,
      },
    );

  it('can be planned with where it is well', async () => {
    const { blockers, actions } = await plan([]);
    expect(blockers).toEqual([]);
    expect(actions.length).toBeGreaterThan(2);
  });

  it('is read through, however much it is', async () => {
    const { source, plan: planOf } = await startClusters();
    const pod = samplePod();
    const others = Array.from({ length: 10_000 }, (_, index) => ({
      ...pod,
      metadata: { ...pod.metadata, name: `p${index}`, uid: `u${index}` },
    }));
    const list = source.list.bind(source);
    source.list = async (kind, selection) =>
      kind === 'Pod' ? (others as any) : list(kind, selection);
    const { blockers } = await planOf({ wholeWorkload: true });
    expect(blockers).toEqual([]);
    const client = serve(source, []);
    expect(await client.list('Pod', { namespace: 'demo' })).toHaveLength(
      others.length,
    );
  });

  it('ends in a plan', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { maxLength: 4 }), async damages => {
        const made = await plan(damages);
        expect(planSchema.parse(made)).toEqual(made);
      }),
    );
  });
});
