import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { ClusterClient, Kinds } from '../../clusters';
import { MigrationRun } from '../MigrationRun';
import { referencesOf } from '../objects';

type Copied = 'ConfigMap' | 'Secret';

/** Copies the ConfigMaps and Secrets that the target lacks, where the order says so. What is there is never changed. */
export async function copyReferences(run: MigrationRun, target: ClusterClient) {
  const { order } = run.migration;
  if (order.quarantine || order.mode === 'restore') return;
  const kinds: Copied[] = [];
  if (order.copyConfigMaps) kinds.push('ConfigMap');
  if (order.copySecrets) kinds.push('Secret');
  const wanted = referencesOf(run.facts.pod!, run.config.registry.pullSecrets);
  for (const kind of kinds) {
    for (const { name } of wanted.filter(r => r.kind === kind)) {
      await copy(run, target, kind, name);
    }
  }
}

async function copy(
  run: MigrationRun,
  target: ClusterClient,
  kind: Copied,
  name: string,
) {
  const { namespace } = run.destination;
  if (await target.exists(kind, { namespace, name })) return;
  const source = await run.source();
  const key = { namespace: run.migration.source.namespace, name };
  const found = await source.get(kind, key);
  if (!found) return;
  await run.make(target, kind, strip(found, namespace, run.migration.id));
  await run.note(`Copied the ${kind} ${name} to ${target.cluster}`);
}

/** What belongs to the object itself, not to its place: no uid, version, owner or other cluster's annotations. */
function strip(
  { metadata, ...content }: Kinds[Copied],
  namespace: string,
  migration: string,
): Kinds[Copied] {
  const { name, labels } = metadata!;
  return {
    ...content,
    metadata: {
      name,
      namespace,
      labels: { ...labels, [LABEL_MIGRATION]: migration },
    },
  };
}
