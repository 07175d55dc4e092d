import {
  Cluster,
  ClusterPods,
  Migration,
  migrationRequestSchema,
  Pod,
  stepNames,
} from '@cubemig/plugin-cubemig-common';

/** A moment so many seconds before now, as the API writes it. */
export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

export const cluster1: Cluster = { name: 'cluster1', version: 'v1.36.2' };
export const cluster2: Cluster = { name: 'cluster2', version: 'v1.36.2' };

export const unreachableCluster: Cluster = {
  name: 'cluster3',
  title: 'Edge Zürich',
  problem: {
    code: 'cluster-unreachable',
    message: 'connect ECONNREFUSED 10.20.0.1:6443',
    remedy:
      'Check that the API server runs and that its URL in kubernetes.clusterLocatorMethods is right.',
  },
};

export function aPod(overrides: Partial<Pod> = {}): Pod {
  const name = overrides.name ?? 'counter-7d9f8b6c5d-x2x9p';
  return {
    cluster: 'cluster1',
    namespace: 'demo',
    name,
    uid: `uid-of-${name}`,
    owner: { kind: 'Deployment', name: 'counter' },
    node: 'cluster1-node1',
    status: 'Running',
    ready: true,
    restarts: 0,
    createdAt: secondsAgo(3 * 3600),
    containers: [{ name: 'counter', image: 'registry:5000/counter:1' }],
    ...overrides,
  };
}

export function podsOf(cluster: Cluster, ...pods: Pod[]): ClusterPods {
  return { cluster, pods };
}

/** A migration that has just been stored. */
export function aMigration(overrides: Partial<Migration> = {}): Migration {
  return {
    id: 'm1',
    mode: 'move',
    status: 'queued',
    trigger: { kind: 'user' },
    attempt: 1,
    order: migrationRequestSchema.parse({
      sourceCluster: 'cluster1',
      targetCluster: 'cluster2',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p',
    }),
    entityRef: 'component:default/counter',
    createdBy: 'user:default/guest',
    createdAt: secondsAgo(1),
    source: {
      cluster: 'cluster1',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p',
      uid: 'uid-of-counter-7d9f8b6c5d-x2x9p',
      node: 'cluster1-node1',
      owner: { kind: 'Deployment', name: 'counter' },
    },
    target: {
      cluster: 'cluster2',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p-m1',
    },
    steps: stepNames.map(name => ({ name, status: 'pending' })),
    checkpoints: [],
    warnings: [],
    ...overrides,
  };
}

/** A migration that took `seconds` and ended `ago` seconds ago. */
export function aCompletedMigration(
  overrides: Partial<Migration> = {},
  { seconds = 4.2, ago = 600 } = {},
): Migration {
  const begin = ago + seconds;
  const each = seconds / stepNames.length;
  return aMigration({
    status: 'completed',
    createdAt: secondsAgo(begin + 0.4),
    startedAt: secondsAgo(begin),
    finishedAt: secondsAgo(ago),
    steps: stepNames.map((name, i) => ({
      name,
      status: 'succeeded',
      startedAt: secondsAgo(begin - i * each),
      finishedAt: secondsAgo(begin - (i + 1) * each),
      ...(name === 'checkpoint' && {
        phases: (['checkpoint', 'image', 'push'] as const).map((phase, p) => ({
          name: phase,
          container: 'counter',
          status: 'succeeded',
          startedAt: secondsAgo(begin - (i + p / 3) * each),
          finishedAt: secondsAgo(begin - (i + (p + 1) / 3) * each),
          bytes: phase === 'push' ? 1_130_000 : 3_410_000,
        })),
      }),
    })),
    checkpoints: [
      {
        container: 'counter',
        image: `registry:5000/cubemig/cluster1/demo/counter@sha256:${'0'.repeat(
          64,
        )}`,
        archiveBytes: 3_410_000,
        layerBytes: 1_130_000,
        frozenMicros: 96_400,
      },
    ],
    target: {
      cluster: 'cluster2',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p-m1',
      uid: 'uid-of-the-copy',
      node: 'cluster2-node1',
    },
    ...overrides,
  });
}

/** A migration whose restore failed and was undone. */
export function aFailedMigration(
  overrides: Partial<Migration> = {},
): Migration {
  const done = aCompletedMigration();
  return {
    ...done,
    status: 'failed',
    steps: done.steps.map(step => {
      if (step.name === 'restore') return { ...step, status: 'failed' };
      if (['pre-pull', 'checkpoint'].includes(step.name)) {
        return { ...step, status: 'undone' };
      }
      return step.name === 'preflight'
        ? step
        : { name: step.name, status: 'skipped' };
    }),
    failure: {
      step: 'restore',
      code: 'bind-mount-missing',
      message:
        'restoring "counter" expects following bind mounts defined (/var/lib/data)',
      remedy:
        'Create the volume that the pod mounts at /var/lib/data in cluster2, then migrate again.',
    },
    ...overrides,
  };
}
