import { planSchema } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import {
  readConfig,
  samplePod,
  startClusters,
} from '../__testUtils__/samplePlan';
import { planMigration } from '.';
import { fc } from '../../__testUtils__/fc';

/** Parts of the inventory that Backstage may be kept from reading, by the path of the API. */
const PLACES = [
  'nodes',
  'replicasets',
  'horizontalpodautoscalers',
  'poddisruptionbudgets',
  'networkpolicies',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'namespaces/demo',
];

const volume = fc.oneof(
  fc.constant({ emptyDir: {} }),
  fc.constant({ hostPath: { path: '/data' } }),
  fc.constant({ configMap: { name: 'settings' } }),
  fc.constant({ secret: { secretName: 'key' } }),
  fc.constant({ persistentVolumeClaim: { claimName: 'data' } }),
  fc.constant({ projected: { sources: [{ secret: { name: 'key' } }] } }),
);

const scene = fc.record({
  volumes: fc.array(volume, { maxLength: 4 }),
  hostNetwork: fc.boolean(),
  phase: fc.constantFrom('Running', 'Pending', 'Failed'),
  isReady: fc.boolean(),
  ownerKind: fc.constantFrom(undefined, 'StatefulSet', 'DaemonSet', 'Job'),
  refused: fc.subarray(PLACES),
  mode: fc.constantFrom(
    'move' as const,
    'copy' as const,
    'checkpoint' as const,
  ),
  copyConfigMaps: fc.boolean(),
  copySecrets: fc.boolean(),
  isQuarantined: fc.boolean(),
  contain: fc.constantFrom(
    'none' as const,
    'isolate' as const,
    'delete' as const,
  ),
});
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

async function planOf(world: Scene) {
  const pod: KubePod = samplePod();
  pod.spec!.volumes = world.volumes.map((found, index) => ({
    ...structuredClone<object>(found),
    name: `v${index}`,
  }));
  pod.spec!.hostNetwork = world.hostNetwork;
  pod.status!.phase = world.phase;
  if (!world.isReady) pod.status!.conditions = [];
  if (world.ownerKind) {
    pod.metadata!.ownerReferences = [
      {
        apiVersion: 'apps/v1',
        kind: world.ownerKind,
        name: 'owner',
        uid: 'u',
        controller: true,
      },
    ];
  }
  const { plan, source, target } = await startClusters(pod);
  source.refuse = target.refuse = (_verb, path) =>
    world.refused.some(place => path.includes(place)) ? 'Forbidden' : undefined;
  const before = [source.changes.length, target.changes.length];
  const made = await plan({
    mode: world.mode,
    copyConfigMaps: world.copyConfigMaps,
    copySecrets: world.copySecrets,
    quarantine: world.isQuarantined && world.mode === 'copy',
    contain: world.contain,
  });
  const after = [source.changes.length, target.changes.length];
  return { ...made, isUntouched: after.join() === before.join() };
}

describe('whatever the clusters are like, a plan', () => {
  it('is valid, touches nothing, and is the same for the same world', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async world => {
        const { plan, order, inventory, isUntouched } = await planOf(world);
        expect(isUntouched).toBe(true);
        expect(planSchema.parse(plan)).toEqual(plan);
        const again = planMigration(order, inventory, readConfig());
        expect(again).toEqual(plan);
      }),
    );
  });

  it('promises something exactly if nothing stands against it, and a remedy for all that does', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async world => {
        const { plan } = await planOf(world);
        expect(plan.actions.length > 0).toBe(plan.blockers.length === 0);
        for (const finding of [...plan.blockers, ...plan.warnings]) {
          expect(finding.code).toMatch(/^[a-z][a-z-]+$/);
          expect(finding.message).not.toBe('');
          expect(finding.remedy).not.toBe('');
        }
      }),
    );
  });

  it('takes from the source last, and only in a move or to contain it', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async world => {
        const { plan } = await planOf(world);
        const losses = plan.actions.filter(
          ({ cluster, verb, step }) =>
            cluster === 'c1' &&
            ['change', 'delete'].includes(verb) &&
            step === 'cut-over',
        );
        const isMove = world.mode === 'move' && plan.actions.length > 0;
        expect(losses).toEqual(isMove ? [plan.actions.at(-1)] : []);
        const deletes = plan.actions.some(({ verb }) => verb === 'delete');
        const mayDelete = isMove || world.contain === 'delete';
        expect(deletes && !mayDelete).toBe(false);
      }),
    );
  });
});
