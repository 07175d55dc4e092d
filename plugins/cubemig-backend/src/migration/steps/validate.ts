import { DeadlineError, KubePod, waitFor } from '../../clusters';
import { ProblemError } from '../../failures';
import { hasCondition } from '../../pods';
import { MigrationRun } from '../MigrationRun';
import { Step } from '../Step';
import { compareWithSource } from './compareWithSource';
import { explainPod } from './podTrouble';
import { isBroken } from './restore';
import { restoredPodGone } from './restoredPod';
import { containerStarts, restartedContainers } from './sourcePod';

/** Watches the restored pod for a while: it must stay ready, in the very containers that were restored. */
export const validate: Step = {
  name: 'validate',

  async run(run) {
    const { namespace, pod: name } = run.destination;
    const { settleSeconds } = run.config.migration;
    const client = await run.target();
    const unsteady = await waitFor(
      client,
      'Pod',
      { namespace, name },
      {
        timeoutMs: settleSeconds * 1000,
        signal: run.signal,
        what: 'Settling',
      },
      ([pod]) => findUnsteady(run, pod),
    ).catch(async error => {
      if (!(error instanceof DeadlineError)) throw error;
      // Nobody may have seen the pod meanwhile: it is the end that counts, whenever the cluster tells of it.
      return findUnsteady(run, await client.get('Pod', { namespace, name }));
    });
    if (unsteady) {
      const { problem } = await explainPod(client, unsteady);
      throw new ProblemError({
        ...problem,
        code: problem.code === 'unexplained' ? 'not-steady' : problem.code,
        message: `The restored pod did not stay ready for ${settleSeconds} s. ${problem.message}`,
      });
    }
    await compareWithSource(run, client);
    await run.note(`Steady for ${settleSeconds} s`);
  },
};

/** The restored pod, if it is not as it was when its containers were ready. @throws ProblemError if it is gone */
function findUnsteady(
  run: MigrationRun,
  pod: KubePod | undefined,
): KubePod | undefined {
  const { pod: name, uid } = run.destination;
  if (pod?.metadata?.uid !== uid) {
    throw new ProblemError(restoredPodGone(name));
  }
  const restarted = restartedContainers(
    run.facts.targetStarts ?? {},
    containerStarts(pod!),
  );
  const isSteady =
    hasCondition(pod!, 'ContainersReady') &&
    !isBroken(pod!) &&
    restarted.length === 0;
  return isSteady ? undefined : pod;
}
