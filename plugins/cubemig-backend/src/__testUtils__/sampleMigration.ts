import {
  Migration,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';

/** A move of a pod of the namespace `demo` from `c1` to `c2`, that has just been ordered. */
export function sampleMigration(
  pod: string,
  change: Partial<Migration> & Pick<Migration, 'id'>,
): Migration {
  return {
    mode: 'move',
    status: 'queued',
    trigger: { kind: 'user' },
    attempt: 1,
    order: migrationRequestSchema.parse({
      sourceCluster: 'c1',
      targetCluster: 'c2',
      namespace: 'demo',
      pod,
    }),
    createdBy: 'user:default/guest',
    createdAt: '2026-11-23T00:00:00.000Z',
    source: { cluster: 'c1', namespace: 'demo', pod },
    target: { cluster: 'c2', namespace: 'demo', pod },
    steps: [],
    checkpoints: [],
    warnings: [],
    ...change,
  };
}
