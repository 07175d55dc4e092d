import { POD_DELETION_COST } from '@cubemig/plugin-cubemig-common';
import { amend } from '../../clusters';
import { Step } from '../Step';
import { LOW_DELETION_COST, takeBackReplica } from './replicas';
import { stopSource } from './stopSource';
import { switchToTarget } from './switchToTarget';
import { readSourcePod } from './sourcePod';

/** Lets the restored pod serve, gives it to its workload, and only then stops the source. */
export const cutOver: Step = {
  name: 'cut-over',

  async run(run) {
    if (!run.facts.isSourceStopping) {
      // Read before anything changes: a source that is gone by now must not be given a second life here.
      const pod = await readSourcePod(run);
      await switchToTarget(run, pod);
    }
    await stopSource(run);
  },

  async undo(run) {
    const { owner } = run.facts;
    if (owner?.kind !== 'Deployment') return;
    const { source } = run.migration;
    const target = run.destination;
    const client = await run.target();
    // The replica that goes should be the restored one.
    await amend(
      client,
      'Pod',
      { namespace: target.namespace, name: target.pod, uid: target.uid },
      () => ({
        metadata: { annotations: { [POD_DELETION_COST]: LOW_DELETION_COST } },
      }),
    );
    await takeBackReplica(run, client, target.namespace, owner.name);
    await amend(
      await run.source(),
      'Pod',
      { namespace: source.namespace, name: source.pod, uid: source.uid },
      ({ metadata }) =>
        metadata?.annotations?.[POD_DELETION_COST] === LOW_DELETION_COST
          ? { metadata: { annotations: { [POD_DELETION_COST]: null } } }
          : undefined,
    );
  },
};
