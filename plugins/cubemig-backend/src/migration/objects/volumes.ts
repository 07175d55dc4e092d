import { MigrationOrder } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import { CubemigConfig } from '../../config';

/** The volumes of a pod whose files live and die with it. */
export function volumesOf({ spec }: KubePod): string[] {
  return (spec?.volumes ?? [])
    .filter(({ emptyDir }) => emptyDir)
    .map(({ name }) => name);
}

/** The emptyDir volumes whose files a migration carries along. */
export function travellingVolumes(
  order: MigrationOrder,
  config: CubemigConfig,
  pod: KubePod,
): string[] {
  return whyVolumesStay(order, config) === undefined ? volumesOf(pod) : [];
}

/** Why files in emptyDirs do not travel, as what to do about it; undefined if they do. */
export function whyVolumesStay(
  { copyVolumes }: MigrationOrder,
  { migration, registry, recipients }: CubemigConfig,
): string | undefined {
  if (!copyVolumes) return 'Ask for them to be copied (copyVolumes).';
  if (migration.maxVolumeBytes === 0) {
    return 'cubemig.migration.maxVolumeBytes in app-config is 0: raise it.';
  }
  if (registry.username && registry.pullSecrets.length === 0) {
    return 'Name a Secret of the target namespaces in cubemig.registry.pullSecrets, with which the files can be fetched there.';
  }
  if (recipients && !migration.volumeKeySecret) {
    return 'They would be encrypted: name the Secret with the private key in the target namespaces in cubemig.migration.volumeKeySecret.';
  }
  return undefined;
}
