import { DeadlineError, KubePod, waitFor } from '../../clusters';
import { ProblemError } from '../../failures';
import { hasCondition } from '../../pods';
import { Step } from '../Step';
import { compareWithSource } from './compareWithSource';
import { explainPod } from './podTrouble';
import { isBroken } from './restore';
import { restoredPodGone } from './restoredPod';
import { containerStarts, restartedContainers } from './sourcePod';

/** Even without a time to settle one look is taken, if the cluster answers as soon as this. */
const ONE_LOOK_MS = 500;

/** What came of watching a restored pod: itself, if it broke. */
interface Outcome {
  broken?: KubePod;
}

/** Watches the restored pod for a while: it must stay ready, in the very containers that were restored. */
export const validate: Step = {
  name: 'validate',

  async run(run) {
    const { namespace, pod: name, uid } = run.destination;
    const { settleSeconds } = run.config.migration;
    const client = await run.target();
    const { broken } = await waitFor<'Pod', Outcome>(
      client,
      'Pod',
      { namespace, name },
      {
        timeoutMs: settleSeconds * 1000 || ONE_LOOK_MS,
        signal: run.signal,
        what: 'Settling',
      },
      ([pod]) => {
        if (pod?.metadata?.uid !== uid) {
          throw new ProblemError(restoredPodGone(name));
        }
        const restarted = restartedContainers(
          run.facts.targetStarts ?? {},
          containerStarts(pod),
        );
        const isSteady =
          hasCondition(pod, 'ContainersReady') &&
          !isBroken(pod) &&
          restarted.length === 0;
        if (!isSteady) return { broken: pod };
        return settleSeconds > 0 ? undefined : {};
      },
    ).catch((error): Outcome => {
      if (error instanceof DeadlineError) return {};
      throw error;
    });
    if (broken) {
      const { problem } = await explainPod(client, broken);
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
