import { amend, isRefusal } from '../../clusters';
import { MigrationRun } from '../MigrationRun';
import { buildIsolation } from '../objects';

/** Cuts the source off or deletes it, as ordered, now that the evidence is in the registry. Nothing takes this back by itself. */
export async function containSource(run: MigrationRun) {
  const { contain } = run.migration.order;
  if (contain === 'delete') await deleteSource(run);
  if (contain === 'isolate') await isolateSource(run);
}

async function deleteSource(run: MigrationRun) {
  const { namespace, pod: name, uid, cluster } = run.migration.source;
  const client = await run.source();
  const isDeleted = await client.delete('Pod', { namespace, name }, { uid });
  if (isDeleted) await run.note(`Deleted the source pod on ${cluster}`);
}

async function isolateSource(run: MigrationRun) {
  const { namespace, pod: name, uid, cluster } = run.migration.source;
  const client = await run.source();
  const { policy, podLabels } = buildIsolation(run.migration.id, namespace);
  try {
    await client.create('NetworkPolicy', policy);
  } catch (error) {
    // Made before a crash: its name is the migration's own.
    if (!isRefusal(error, 'AlreadyExists')) throw error;
  }
  const labelled = await amend(client, 'Pod', { namespace, name, uid }, () => ({
    metadata: { labels: podLabels },
  }));
  if (labelled && run.facts.pod?.spec?.hostNetwork) {
    await run.warn(
      `The source pod on ${cluster} is not cut off: it shares its node's network, where the NetworkPolicy ${
        policy.metadata!.name
      } does not hold it. Delete it.`,
    );
    return;
  }
  await run.note(
    labelled
      ? `Cut the source pod on ${cluster} off from the network (NetworkPolicy ${
          policy.metadata!.name
        })`
      : `The source pod on ${cluster} is gone: there is nobody to cut off`,
  );
}
