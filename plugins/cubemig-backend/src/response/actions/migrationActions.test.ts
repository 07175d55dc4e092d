import { Migration, ruleInputSchema } from '@cubemig/plugin-cubemig-common';
import { ResponseOrder } from '@cubemig/plugin-cubemig-node';
import { responseConfigSchema } from '../responseConfig';
import { migrationActions } from './migrationActions';

/** Starts migrations as the service does, as far as actions see it. */
function create() {
  const started: { order: any; context: any }[] = [];
  const known = new Map<string, Migration>();
  const [checkpoint, migrate] = migrationActions({
    config: responseConfigSchema.parse({
      quarantine: { clusters: ['c1', 'c3'], namespace: 'quarantine' },
    }),
    store: { get: async id => known.get(id) },
    migrations: {
      start: async (asked, context) => {
        started.push({ order: asked, context });
        const { id = '' } = context;
        const target = asked.targetCluster && { cluster: asked.targetCluster };
        const migration = { id, target } as Migration;
        known.set(id, migration);
        return migration;
      },
    },
  });
  return { checkpoint, migrate, started };
}

function order(rule: object): ResponseOrder {
  return {
    decision: { id: 'd1' },
    alert: {
      id: 'a1',
      cluster: 'c1',
      rule: 'Run shell untrusted',
      namespace: 'demo',
      pod: 'shop-1',
      podUid: 'u1',
      kubernetesId: 'shop',
      entityRef: 'component:default/shop',
    },
    rule: {
      ...ruleInputSchema.parse({ name: 'r', match: { rules: ['*'] }, ...rule }),
      id: 'r1',
    },
  } as ResponseOrder;
}

describe('migrationActions', () => {
  it('moves the very pod of the alert', async () => {
    const { migrate, started } = create();
    const result = await migrate.begin(
      order({ action: 'migrate', target: { cluster: 'c2' } }),
    );
    expect(result).toEqual({
      status: 'acting',
      migration: 'd1',
      outcome: 'The pod is on its way to c2',
    });
    expect(started).toEqual([
      {
        order: expect.objectContaining({
          mode: 'move',
          sourceCluster: 'c1',
          targetCluster: 'c2',
          namespace: 'demo',
          pod: 'shop-1',
          podUid: 'u1',
          entityRef: 'component:default/shop',
          quarantine: false,
        }),
        context: {
          id: 'd1',
          createdBy: 'cubemig:response',
          kubernetesId: 'shop',
          trigger: { kind: 'rule', decision: 'd1', alert: 'a1' },
        },
      },
    ]);
  });

  it('copies into the quarantine of another cluster, and contains the source', async () => {
    const { migrate, started } = create();
    await migrate.begin(
      order({
        action: 'migrate',
        target: { policy: 'quarantine' },
        contain: 'isolate',
        forensicAnalysis: true,
        aiAssessment: true,
      }),
    );
    expect(started[0].order).toMatchObject({
      mode: 'copy',
      targetCluster: 'c3',
      targetNamespace: 'quarantine',
      quarantine: true,
      contain: 'isolate',
      forensicAnalysis: true,
      aiAssessment: true,
    });
  });

  it('does nothing twice, whenever it was interrupted', async () => {
    const { checkpoint, started } = create();
    const same = order({ action: 'checkpoint' });
    expect(await checkpoint.begin(same)).toEqual(await checkpoint.begin(same));
    expect(started).toHaveLength(1);
  });
});
