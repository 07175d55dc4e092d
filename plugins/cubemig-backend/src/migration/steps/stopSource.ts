import {
  ClusterApiError,
  ClusterClient,
  DeadlineError,
  KubePod,
  waitFor,
} from '../../clusters';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';
import { CannotReleaseError, strategyOf } from './workloads';

/** How long a controller may take to choose the pod that goes. */
const CHOICE_MS = 10_000;

/**
 * Stops the source, the migration's last act that matters, and waits until that very pod is gone. What is done here goes forward
 * only, unless the cluster refuses outright: then the source was not touched.
 */
export async function stopSource(run: MigrationRun) {
  const client = await run.source();
  // Whoever ran this before may have got further than anybody knows.
  const isResumed = run.facts.isSourceStopping === true;
  const { failures } = run.clusters;
  await run.save({}, { isSourceStopping: true });
  try {
    await strategyOf(run.facts.owner)!.release(run, client);
  } catch (error) {
    run.signal.throwIfAborted();
    // A request whose answer was lost may have been carried out.
    const isInDoubt = isResumed || run.clusters.failures > failures;
    if (isInDoubt || !isRefused(error)) throw notStopped(run, error);
    await run.save({}, { isSourceStopping: false });
    throw error;
  }
  try {
    await awaitGone(run, client);
  } catch (error) {
    run.signal.throwIfAborted();
    throw notStopped(run, error);
  }
  await run.note(`The source pod on ${client.cluster} is stopped`);
}

function notStopped({ migration }: MigrationRun, error: unknown) {
  const { pod, cluster } = migration.source;
  const { message } = error as Error;
  return new ProblemError({
    code: 'source-not-stopped',
    message: `The source pod ${pod} on ${cluster} could not be stopped: ${message}`,
    remedy:
      'It may still serve beside the restored one. Delete it by hand; if a controller owns it, scale that down by one first.',
  });
}

/** The API server itself said no, or nobody has asked it; so nothing has happened. */
function isRefused(error: unknown) {
  if (error instanceof CannotReleaseError) return true;
  return error instanceof ClusterApiError && error.reason !== undefined;
}

/** Whether the controller has chosen the source for removal. */
async function isChosen(run: MigrationRun, client: ClusterClient) {
  const { namespace, pod: name, uid } = run.migration.source;
  const isLeaving = (pod: KubePod | undefined) =>
    pod?.metadata?.uid !== uid || Boolean(pod?.metadata?.deletionTimestamp);
  try {
    return await waitFor(
      client,
      'Pod',
      { namespace, name },
      { timeoutMs: CHOICE_MS, signal: run.signal, what: 'Choosing a pod' },
      ([pod]) => isLeaving(pod) || undefined,
    );
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    // Nobody may have seen the pod meanwhile.
    return isLeaving(await client.get('Pod', { namespace, name }));
  }
}

async function awaitGone(run: MigrationRun, client: ClusterClient) {
  const { namespace, pod: name, uid } = run.migration.source;
  if (!(await isChosen(run, client))) {
    // Pods that are not ready go first, whatever they cost. The one that was migrated must not serve twice.
    await run.warn(
      `The source's controller on ${client.cluster} removed another pod than ${name}; ${name} was deleted too, and is replaced by a fresh one.`,
    );
    await client.delete('Pod', { namespace, name }, { uid });
  }
  const pod = await client.get('Pod', { namespace, name });
  const graceSeconds = pod?.spec?.terminationGracePeriodSeconds ?? 30;
  const { stopSeconds } = run.config.migration.timeouts;
  await waitFor(
    client,
    'Pod',
    { namespace, name },
    {
      timeoutMs: (graceSeconds + stopSeconds) * 1000,
      setting: 'cubemig.migration.timeouts.stopSeconds',
      signal: run.signal,
      what: `Stopping the source pod ${name}`,
    },
    ([found]) => (found?.metadata?.uid !== uid ? true : undefined),
  );
}
