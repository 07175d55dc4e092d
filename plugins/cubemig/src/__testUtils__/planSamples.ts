import { Plan } from '@cubemig/plugin-cubemig-common';

/** A plan for moving the pod of `aPod`, against which nothing stands. */
export function aPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    mode: 'move',
    source: {
      cluster: 'cluster1',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p',
    },
    target: {
      cluster: 'cluster2',
      namespace: 'demo',
      pod: 'counter-7d9f8b6c5d-x2x9p-m1',
    },
    actions: [
      {
        step: 'pre-pull',
        verb: 'pull',
        cluster: 'cluster2',
        kind: 'Image',
        name: 'registry:5000/counter:1',
        description: 'The base image is pulled to cluster2-node1',
        isUndone: false,
      },
      {
        step: 'checkpoint',
        verb: 'create',
        cluster: 'cluster1',
        kind: 'Job',
        namespace: 'cubemig',
        name: 'courier-m1',
        description: 'Takes the checkpoint on cluster1-node1',
        isUndone: true,
      },
      {
        step: 'checkpoint',
        verb: 'push',
        kind: 'Image',
        name: 'registry:5000/cubemig/cluster1/demo/counter',
        description: 'The checkpoint as an image of one layer',
        isUndone: false,
      },
      {
        step: 'restore',
        verb: 'create',
        cluster: 'cluster2',
        kind: 'Pod',
        namespace: 'demo',
        name: 'counter-7d9f8b6c5d-x2x9p-m1',
        description: 'The pod, started from its checkpoint',
        isUndone: true,
        manifest: 'apiVersion: v1\nkind: Pod\n',
      },
      {
        step: 'cut-over',
        verb: 'delete',
        cluster: 'cluster1',
        kind: 'Pod',
        namespace: 'demo',
        name: 'counter-7d9f8b6c5d-x2x9p',
        description: 'The source is stopped, last of all',
        isUndone: false,
      },
    ],
    blockers: [],
    warnings: [
      {
        code: 'connections-close',
        message: '3 established TCP connections will close.',
        remedy: 'Clients have to connect again.',
      },
    ],
    nodes: [
      { name: 'cluster2-node1', fits: true, reasons: [] },
      {
        name: 'cluster2-node2',
        fits: false,
        reasons: ['its CPU lacks avx512f, which the processes use'],
      },
    ],
    references: [
      {
        kind: 'ConfigMap',
        name: 'settings',
        state: 'different',
        isCopied: false,
        diff: '--- cluster1\n+++ cluster2\n@@ -1 +1 @@\n-level: debug\n+level: info\n',
      },
      { kind: 'Secret', name: 'token', state: 'present', isCopied: false },
    ],
    ...overrides,
  };
}

export const aBlocker: Plan['blockers'][number] = {
  code: 'missing-configmap',
  cluster: 'cluster2',
  object: 'ConfigMap demo/settings',
  message: 'cluster2 has no ConfigMap settings in the namespace demo.',
  remedy: 'Create it there, or let the migration copy it.',
};
