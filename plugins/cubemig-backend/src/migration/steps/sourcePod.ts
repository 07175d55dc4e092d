import { KubePod } from '../../clusters';
import { ProblemError } from '../../failures';
import { MigrationRun } from '../MigrationRun';

/** The pod that is being migrated, read anew. @throws ProblemError if it is gone or another one has taken its name */
export async function readSourcePod(run: MigrationRun): Promise<KubePod> {
  const { cluster, namespace, pod: name, uid } = run.migration.source;
  const client = await run.source();
  const pod = await client.get('Pod', { namespace, name });
  if (!pod) {
    throw new ProblemError({
      code: 'pod-not-found',
      message: `The pod '${name}' is not in the namespace '${namespace}' of cluster '${cluster}'.`,
      remedy: 'Reload the list of pods: it may have been replaced by another.',
    });
  }
  if (uid && pod.metadata?.uid !== uid) {
    throw new ProblemError({
      code: 'pod-replaced',
      message: `The pod '${name}' is not the one that was to be migrated: another has taken its name.`,
      remedy:
        'Reload the list of pods and migrate the new one if you still want to.',
    });
  }
  return pod;
}

/** When each container of a pod started, and how often; differs as soon as one is restarted. */
export function containerStarts(pod: KubePod): Record<string, string> {
  return Object.fromEntries(
    (pod.status?.containerStatuses ?? []).map(status => [
      status.name,
      `${status.restartCount}, ${
        status.state?.running?.startedAt ?? 'not running'
      }`,
    ]),
  );
}

/** Containers that were restarted between two looks. */
export function restartedContainers(
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  return Object.keys(before).filter(name => before[name] !== after[name]);
}
