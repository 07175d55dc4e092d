import { StepName } from '@cubemig/plugin-cubemig-common';
import { MigrationRun } from '../MigrationRun';
import { computeFigures, RestoredPodSeen } from './computeFigures';

/** After these, the restored pod has news. */
const LOOK_AFTER: StepName[] = ['restore', 'validate', 'cut-over'];

/** Notes what a finished step has cost. That never stops a migration: what cannot be read is left out. */
export async function measureStep(run: MigrationRun, step: StepName) {
  const seen = LOOK_AFTER.includes(step)
    ? await lookAtRestoredPod(run).catch(() => undefined)
    : undefined;
  await run.save({ figures: computeFigures(run.migration, seen) });
}

async function lookAtRestoredPod(
  run: MigrationRun,
): Promise<RestoredPodSeen | undefined> {
  const { namespace, pod: name, uid } = run.destination;
  const client = await run.target();
  const pod = await client.get('Pod', { namespace, name });
  if (!pod || pod.metadata?.uid !== uid) return undefined;
  const fieldSelector = `involvedObject.uid=${uid}`;
  const events = await client
    .list('Event', { namespace, fieldSelector })
    .catch(() => []);
  return { pod, events };
}
