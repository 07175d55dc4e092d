import {
  CheckpointTask,
  MigrationOrder,
  Owner,
} from '@cubemig/plugin-cubemig-common';
import { KubeNode, KubePod } from '../../clusters';
import { CubemigConfig } from '../../config';
import { describeRegistry } from './describeRegistry';
import { checkpointRepository } from './names';
import { recipientsOf } from './recipientsOf';
import { travellersOf } from './travellersOf';
import { travellingVolumes } from './volumes';

const DEFAULT_KUBELET_PORT = 10250;

/** What the courier is asked for, from what was ordered and what config says. */
export function buildCheckpointTask(options: {
  migration: string;
  order: MigrationOrder;
  config: CubemigConfig;
  pod: KubePod;
  owner: Owner | undefined;
  node: KubeNode | undefined;
}): CheckpointTask {
  const { migration, order, config, pod, owner, node } = options;
  const { courier, registry } = config;
  const { sourceCluster, namespace, pod: name } = order;
  const recipients = recipientsOf(order, config.recipients);
  const volumes = travellingVolumes(order, config, pod);
  return {
    version: 1,
    task: 'checkpoint',
    migration,
    pod: { namespace, name, uid: pod.metadata!.uid! },
    containers: travellersOf(order, pod),
    kubelet: {
      via: courier.kubeletVia,
      port:
        node?.status?.daemonEndpoints?.kubeletEndpoint?.Port ??
        DEFAULT_KUBELET_PORT,
      skipTlsVerify: courier.kubeletSkipTlsVerify,
      timeoutSeconds: courier.timeoutSeconds,
    },
    registry: describeRegistry(
      config,
      checkpointRepository(registry.prefix, {
        cluster: sourceCluster,
        namespace,
        workload: owner?.name ?? name,
      }),
    ),
    compression: registry.compression,
    ...(recipients ? { recipients } : {}),
    ...(volumes.length > 0
      ? {
          volumes: volumes.map(volume => ({
            name: volume,
            maxBytes: config.migration.maxVolumeBytes,
          })),
        }
      : {}),
    ...reportOptions(order, config),
    ...(courier.keepVolumeClaim && !recipients
      ? { keep: { directory: `${sourceCluster}/${namespace}/${migration}` } }
      : {}),
    ...(courier.holdArchives ? { hold: true } : {}),
  };
}

/** The report of an encrypted checkpoint is encrypted, too; without a platform key nobody could read it. */
function reportOptions(
  { forensicAnalysis }: MigrationOrder,
  { forensics, recipients }: CubemigConfig,
): Pick<CheckpointTask, 'report' | 'platformKey'> {
  const isWanted = forensicAnalysis ?? forensics.byDefault;
  if (!isWanted || (recipients && !recipients.platform)) return {};
  return recipients?.platform
    ? { report: true, platformKey: recipients.platform }
    : { report: true };
}
