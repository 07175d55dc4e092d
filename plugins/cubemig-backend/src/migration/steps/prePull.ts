import { DeadlineError, KubePod, waitFor } from '../../clusters';
import { buildPrePullPod, travellersOf } from '../objects';
import { MigrationRun } from '../MigrationRun';
import { Step } from '../Step';
import { explainLateness, explainPod, lastingReasons } from './podTrouble';

/** Failing like this, a container proves that its image is there. */
const AFTER_PULL = ['CreateContainerError', 'RunContainerError'];

/** Has the base images pulled in the target while the source still runs, on the node where the restored pod will run. */
export const prePull: Step = {
  name: 'pre-pull',

  async run(run) {
    // All that is left to whoever carries on is to tidy up; the pod itself may be gone already.
    if (!run.destination.node) await pull(run);
    await run.removeMade('pre-pull');
  },
};

async function pull(run: MigrationRun) {
  const { id, order } = run.migration;
  const { pod: source, node: origin } = run.facts;
  const { namespace } = run.destination;
  const timeoutSeconds = run.config.migration.timeouts.prePullSeconds;
  const target = await run.target();
  const wanted = buildPrePullPod(source!, {
    migration: id,
    namespace,
    containers: travellersOf(order, source!),
    architecture: origin?.status?.nodeInfo?.architecture,
    timeoutSeconds,
    isQuarantined: order.quarantine,
  });
  await run.make(target, 'Pod', wanted);

  const { name } = wanted.metadata!;
  let last: KubePod | undefined;
  const pod = await waitFor(
    target,
    'Pod',
    { namespace, name },
    {
      timeoutMs: timeoutSeconds * 1000,
      setting: 'cubemig.migration.timeouts.prePullSeconds',
      signal: run.signal,
      what: `Pulling the base images (pod ${namespace}/${name})`,
    },
    ([found]) => {
      last = found;
      return found && (isPulled(found) || isStuck(found)) ? found : undefined;
    },
  ).catch(async error => {
    if (error instanceof DeadlineError && last)
      throw await explainLateness(target, last, error);
    throw error;
  });
  if (!isPulled(pod)) throw await explainPod(target, pod);

  const node = pod.spec!.nodeName;
  await run.save({ target: { ...run.destination, node } });
  await run.note(
    `Base images of ${
      wanted.spec!.containers.length
    } container(s) are on ${node}`,
  );
}

function isPulled({ spec, status }: KubePod): boolean {
  return spec!.containers.every(({ name }) => {
    const found = status?.containerStatuses?.find(c => c.name === name);
    return (
      Boolean(found?.imageID) ||
      Boolean(found?.state?.terminated) ||
      AFTER_PULL.includes(found?.state?.waiting?.reason ?? '')
    );
  });
}

function isStuck(pod: KubePod): boolean {
  const isOver = ['Failed', 'Succeeded'].includes(pod.status?.phase ?? '');
  const reasons = lastingReasons(pod);
  return isOver || reasons.some(reason => !AFTER_PULL.includes(reason));
}
