import { RegistryClient, signatureTag } from '@cubemig/oci';
import {
  checkpointTag,
  reportTag,
  volumeTag,
} from '@cubemig/plugin-cubemig-common';
import { checkpointRepository } from '../objects';
import { EndedMigration } from '../store';

/**
 * Removes all that a migration's courier has pushed: images, reports, volumes and their signatures, also those that no record names
 * because the migration ended too soon. The registry frees the space when it collects its garbage.
 *
 * @returns how many manifests were there
 */
export async function removeImages(
  registry: Pick<RegistryClient, 'resolveTag' | 'deleteManifest'>,
  prefix: string,
  { migration, facts }: EndedMigration,
): Promise<number> {
  const { id, source, checkpoints } = migration;
  const repository = checkpointRepository(prefix, {
    cluster: source.cluster,
    namespace: source.namespace,
    workload: facts.owner?.name ?? source.pod,
  });
  let removed = 0;
  const remove = async (tag: string) => {
    const found = await registry.resolveTag(repository, tag);
    if (!found) return;
    await remove(signatureTag(found.digest));
    if (await registry.deleteManifest(repository, found.digest)) removed += 1;
  };
  const containers = new Set([
    ...checkpoints.map(({ container }) => container),
    ...(facts.pod?.spec?.containers ?? []).map(({ name }) => name),
  ]);
  for (const container of containers) {
    await remove(reportTag(id, container));
    await remove(checkpointTag(id, container));
  }
  const volumes = new Set([
    ...(facts.volumes ?? []).map(({ name }) => name),
    ...(facts.pod?.spec?.volumes ?? []).map(({ name }) => name),
  ]);
  for (const volume of volumes) await remove(volumeTag(id, volume));
  return removed;
}
