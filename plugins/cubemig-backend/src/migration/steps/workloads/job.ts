import { amend, KubeJob } from '../../../clusters';
import { ProblemError } from '../../../failures';
import type { TargetContext } from '../../plan';
import { findingOf } from './findingOf';
import { WorkloadStrategy } from './WorkloadStrategy';

/**
 * The pod of a Job. In the target it is a bare pod: a Job of the target would start a fresh one and count from the beginning. In the
 * source the Job is suspended, which ends its pod.
 */
export const job: WorkloadStrategy = {
  inspect(context) {
    return [
      ...findingOf(context, () => requireSingle(context)),
      {
        isBlocker: false,
        finding: {
          code: 'job-suspended',
          message: `The Job '${
            context.inventory.source.owner!.name
          }' is suspended and never counts as complete: its pod ends in the target.`,
          remedy:
            'Delete the Job when the pod in the target has succeeded. Resumed, it would start from the beginning.',
          cluster: context.inventory.source.cluster,
        },
      },
    ];
  },

  plan({ inventory, order }) {
    return [
      {
        step: 'cut-over',
        verb: 'change',
        cluster: inventory.source.cluster,
        kind: 'Job',
        namespace: order.namespace,
        name: inventory.source.owner!.name,
        description: 'Suspend it: the source pod goes, last of all',
        isUndone: false,
      },
    ];
  },

  async join() {},

  async release(run, client) {
    const { namespace } = run.migration.source;
    const { name } = run.facts.owner!;
    const { uid } = run.facts.workload!.metadata!;
    const suspended = await amend(
      client,
      'Job',
      { namespace, name, uid },
      ({ spec }) => (spec?.suspend ? undefined : { spec: { suspend: true } }),
    );
    if (!suspended) throw gone(name);
  },
};

function requireSingle({ inventory }: TargetContext) {
  const { owner, workload } = inventory.source;
  if (!workload) throw gone(owner!.name);
  const { parallelism = 1, completions = 1 } = (workload as KubeJob).spec ?? {};
  if (parallelism > 1 || completions > 1) {
    throw new ProblemError({
      code: 'job-parallel',
      message: `The Job '${
        owner!.name
      }' runs several pods (parallelism ${parallelism}, completions ${completions}); suspending it would end them all.`,
      remedy:
        'Only Jobs of a single pod can move; the modes copy and checkpoint take any.',
    });
  }
}

function gone(name: string) {
  return new ProblemError({
    code: 'job-gone',
    message: `The pod's Job '${name}' is gone.`,
    remedy: 'Its pod goes with it: there is nothing to migrate any more.',
  });
}
