import {
  Migration,
  migrationRequestSchema,
} from '@cubemig/plugin-cubemig-common';
import { ClusterClient } from '../../clusters';
import { readConfig } from '../__testUtils__/samplePlan';
import { MigrationFacts } from '../store';
import { createPlan } from './createPlan';

describe('the plan of a restore', () => {
  it('looks at nothing in a place where the checkpoints are not from', async () => {
    const asked: string[] = [];
    const exists = async (
      kind: string,
      { namespace }: { namespace?: string },
    ) => {
      asked.push(`${kind} in ${namespace}`);
      return true;
    };
    const client = { cluster: 'c2', exists, get: exists, list: async () => [] };
    const plan = await createPlan(
      migrationRequestSchema.parse({
        mode: 'restore',
        sourceCluster: 'c1',
        targetCluster: 'c2',
        namespace: 'of-others',
        pod: 'p',
        checkpointsOf: 'm',
      }),
      {
        clusters: {
          getClient: async () => client as unknown as ClusterClient,
        } as any,
        config: readConfig({}),
        store: {
          get: async () =>
            ({
              source: { cluster: 'c1', namespace: 'demo', pod: 'p' },
              checkpoints: [{ container: 'c', image: 'r/x@sha256:0' }],
            } as Migration),
          getFacts: async () =>
            ({
              pod: {
                metadata: { name: 'p', namespace: 'demo' },
                spec: {
                  containers: [
                    {
                      name: 'c',
                      envFrom: [{ secretRef: { name: 'is-it-there' } }],
                    },
                  ],
                },
              },
            } as MigrationFacts),
          list: async () => ({ items: [], total: 0 }),
        },
      },
    );
    expect(asked).toEqual([]);
    expect(plan.blockers).toMatchObject([{ code: 'checkpoints-unknown' }]);
    expect(plan.references).toEqual([]);
  });
});
