import { ClusterClient, KubePod } from '../../clusters';
import { MigrationRun } from '../MigrationRun';
import { travellersOf } from '../objects';

/** How long a log's first line may take to come. */
const FIRST_LINE_MS = 2_000;

/**
 * Looks whether the restored containers are the source's: the same images, and logs that begin alike, since the runtime carries a container's log
 * along. Neither is proof, so what differs is told and fails nothing.
 */
export async function compareWithSource(
  run: MigrationRun,
  target: ClusterClient,
) {
  const { namespace, pod: name } = run.destination;
  const restored = await target.get('Pod', { namespace, name });
  const source = run.facts.pod!;
  for (const container of travellersOf(run.migration.order, source)) {
    const before = digestOf(source, container);
    const after = restored && digestOf(restored, container);
    if (before && after && before !== after) {
      await run.warn(
        `The container ${container} runs on another image than in the source (${after} instead of ${before}).`,
      );
    }
    await compareLogs(run, target, container);
  }
}

async function compareLogs(
  run: MigrationRun,
  target: ClusterClient,
  container: string,
) {
  const { mode, source } = run.migration;
  const { namespace, pod: name } = run.destination;
  if (mode === 'restore') return;
  const [before, after] = await Promise.all([
    readFirstLine(
      run,
      await run.source(),
      { namespace: source.namespace, name: source.pod },
      container,
    ),
    readFirstLine(run, target, { namespace, name }, container),
  ]);
  if (before !== undefined && after !== undefined && before !== after) {
    await run.warn(
      `The log of the container ${container} does not begin as the source's does: it may have been rotated, or the container has started anew.`,
    );
  }
}

/** Undefined where there is none, or Backstage may not read it: that right is a choice of the namespace's owner. */
async function readFirstLine(
  run: MigrationRun,
  client: ClusterClient,
  key: { namespace: string; name: string },
  container: string,
): Promise<string | undefined> {
  const enough = AbortSignal.timeout(FIRST_LINE_MS);
  const signal = AbortSignal.any([run.signal, enough]);
  try {
    for await (const line of client.followLog({ ...key, container }, signal)) {
      return line;
    }
  } catch {
    run.signal.throwIfAborted();
  }
  return undefined;
}

/** The image's digest, which some runtimes do not tell. */
function digestOf({ status }: KubePod, container: string): string | undefined {
  const found = status?.containerStatuses?.find(c => c.name === container);
  return found?.imageID?.split('@')[1];
}
