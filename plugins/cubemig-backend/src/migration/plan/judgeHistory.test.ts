import { Migration } from '@cubemig/plugin-cubemig-common';
import { sampleMigration } from '../../__testUtils__/sampleMigration';
import { readConfig, startClusters } from '../__testUtils__/samplePlan';
import { createPlan } from './createPlan';
import { judgeHistory } from './judgeHistory';

const place = { cluster: 'c1', node: 'n1' };

/** A migration from that node that took a checkpoint, or failed for a reason. */
function tried(code?: string, where = place): Migration {
  const migration = sampleMigration('p', { id: 'm' });
  return {
    ...migration,
    source: { ...migration.source, ...where },
    checkpoints: code ? [] : [{ container: 'c', image: 'i' } as any],
    failure: code
      ? { step: 'checkpoint', code, message: 'of-somebody', remedy: 'r' }
      : undefined,
  };
}

describe('judgeHistory', () => {
  it.each([
    ['nothing was tried', []],
    ['one was taken', [tried()]],
    ['one was taken since', [tried(), tried('criu-missing')]],
    ['it was the pod that failed', [tried('external-unix-socket')]],
    [
      'it was elsewhere',
      [tried('criu-missing', { cluster: 'c1', node: 'n2' })],
    ],
  ])('says nothing of a node where %s', (_, migrations) => {
    expect(judgeHistory(migrations, place)).toBeUndefined();
  });

  it('warns of a node where none could be taken, and not of whose', () => {
    const problem = judgeHistory(
      [tried('external-unix-socket'), tried('criu-missing'), tried()],
      place,
    )!;
    expect(problem.code).toBe('checkpoints-failed-here');
    expect(problem.message).toContain('CRIU');
    expect(JSON.stringify(problem)).not.toContain('of-somebody');
  });

  it('is a warning of the plan', async () => {
    const { clusters, source } = await startClusters();
    const [pod] = await source.list('Pod', { namespace: 'demo' });
    const node = pod.spec!.nodeName!;
    const plan = await createPlan(
      {
        sourceCluster: 'c1',
        targetCluster: 'c2',
        namespace: 'demo',
        pod: pod.metadata!.name!,
        mode: 'move',
      } as any,
      {
        clusters,
        config: readConfig(),
        store: {
          list: async ({ mode }: { mode?: string[] }) => ({
            items: mode ? [tried('criu-missing', { cluster: 'c1', node })] : [],
          }),
        } as any,
      },
    );
    expect(plan.blockers).toEqual([]);
    expect(plan.warnings).toContainEqual(
      expect.objectContaining({ object: `Node ${node}` }),
    );
  });
});
