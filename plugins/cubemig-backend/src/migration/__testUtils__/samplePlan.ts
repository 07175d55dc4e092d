import { mockServices } from '@backstage/backend-test-utils';
import {
  MigrationRequest,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { KubeNode, KubePod } from '../../clusters';
import { MemoryCluster } from '../../clusters/__testUtils__/MemoryCluster';
import { readCubemigConfig } from '../../config';
import nodes from '../../pods/__fixtures__/node-list.json';
import pods from '../../pods/__fixtures__/pod-list-source.json';
import { planMigration, readInventory, StoredPod } from '../plan';

export const node = nodes.items[0] as unknown as KubeNode;

/** A pod that a real cluster ran, in the namespace `demo`. */
export function samplePod(name = 'counter'): KubePod {
  const pod = structuredClone(
    pods.items.find(({ metadata }) => metadata.name === name),
  ) as unknown as KubePod;
  pod.metadata!.namespace = 'demo';
  delete pod.metadata!.ownerReferences;
  return pod;
}

export function readConfig(migration: object = {}, rest: object = {}) {
  return readCubemigConfig(
    mockServices.rootConfig({
      data: {
        cubemig: {
          namespaces: ['demo'],
          courier: { image: 'r:5000/courier@sha256:1' },
          registry: { host: 'r:5000' },
          migration,
          ...rest,
        } as any,
      },
    }),
  );
}

/** Two clusters in which the sample pod can move from `c1` to `c2`. */
export async function startClusters(pod: KubePod = samplePod()) {
  const source = new MemoryCluster('c1');
  const target = new MemoryCluster('c2');
  await source.create('Pod', pod);
  await source.create('Node', {
    ...structuredClone(node),
    metadata: { ...node.metadata, name: pod.spec!.nodeName },
  });
  await source.create('ServiceAccount', {
    metadata: { namespace: 'cubemig', name: 'cubemig-courier' },
  });
  await source.create('Secret', {
    metadata: { namespace: 'cubemig', name: 'cubemig-registry' },
  });
  await target.create('Node', structuredClone(node));
  await target.create('Namespace', { metadata: { name: 'demo' } });
  await target.create('ServiceAccount', {
    metadata: { namespace: 'demo', name: 'default' },
  });
  const clusters = {
    list: async () => [{ name: 'c1' }, { name: 'c2' }],
    getClient: async (name: string) => (name === 'c1' ? source : target),
  };

  /** The plan of an order, and the order and inventory that it was made from. */
  async function plan(
    request: Partial<MigrationRequest> = {},
    options: {
      config?: ReturnType<typeof readConfig>;
      stored?: StoredPod;
      rival?: string;
    } = {},
  ) {
    const config = options.config ?? readConfig();
    const order = migrationRequestSchema.parse({
      sourceCluster: 'c1',
      targetCluster: request.mode === 'checkpoint' ? undefined : 'c2',
      namespace: 'demo',
      pod: pod.metadata!.name,
      ...request,
    });
    const inventory = await readInventory(order, {
      clusters,
      ...options,
      config,
    });
    const made = planMigration(order, inventory, config);
    const codes = (findings: { code: string }[]) =>
      findings.map(({ code }) => code);
    return {
      plan: made,
      order,
      inventory,
      config,
      blockers: codes(made.blockers),
      warnings: codes(made.warnings),
    };
  }
  return { source, target, clusters, plan };
}
