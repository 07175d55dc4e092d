import { Step } from '../Step';
import { MigrationRun } from '../MigrationRun';
import { forgetScaling } from './replicas';

/** Removes what was needed only on the way. What the restored pod needs stays. */
export const cleanUp: Step = {
  name: 'clean-up',

  async run(run) {
    await run.removeMade('pre-pull');
    await run.removeMade('checkpoint');
    await forgetScalings(run);
  },
};

async function forgetScalings(run: MigrationRun) {
  const { owner } = run.facts;
  if (owner?.kind !== 'Deployment') return;
  const { source } = run.migration;
  await forgetScaling(run, await run.source(), source.namespace, owner.name);
  await forgetScaling(
    run,
    await run.target(),
    run.destination.namespace,
    owner.name,
  );
}
