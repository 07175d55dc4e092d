import { POD_DELETION_COST } from '@cubemig/plugin-cubemig-common';
import { amend } from '../../clusters';
import { MigrationRun } from '../MigrationRun';
import { Step } from '../Step';
import { LOW_DELETION_COST } from './replicas';
import { restoredPod } from './restoredPod';
import { readSourcePod } from './sourcePod';
import { stopSource } from './stopSource';
import { switchToTarget } from './switchToTarget';
import { callWebhooks, restoreRoutes, switchRoutes } from './traffic';
import { strategyOf } from './workloads';

/** Lets the restored pod serve, gives it to its workload, and only then stops the source. */
export const cutOver: Step = {
  name: 'cut-over',

  async run(run) {
    if (!run.facts.isSourceStopping) {
      await switchToTarget(run, await requireSource(run));
      await switchRoutes(run);
      await run.save({}, { isCutOverTold: true });
      await callWebhooks(run, 'cut-over');
    }
    await stopSource(run);
  },

  async undo(run) {
    const { source } = run.migration;
    const strategy = strategyOf(run.facts.owner);
    await restoreRoutes(run);
    await tellUndone(run);
    // The replica that goes should be the restored one.
    await amend(await run.target(), 'Pod', restoredPod(run), () => ({
      metadata: { annotations: { [POD_DELETION_COST]: LOW_DELETION_COST } },
    }));
    await strategy?.leave?.(run);
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

/** Whoever does not hear of it must be told by a person; that is no reason to leave more undone. */
async function tellUndone(run: MigrationRun) {
  if (!run.facts.isCutOverTold) return;
  await callWebhooks(run, 'undone').catch(async error => {
    run.throwIfStopped();
    await run.warn(`${error.message} It was not told that all is undone.`);
  });
}

/** A source that is gone by now must not be given a second life here, unless it was this migration that removed it. */
async function requireSource(run: MigrationRun) {
  return run.migration.order.contain === 'delete'
    ? run.facts.pod!
    : readSourcePod(run);
}
