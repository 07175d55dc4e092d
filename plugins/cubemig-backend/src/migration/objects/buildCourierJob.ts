import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { KubeJob } from '../../clusters';
import { CubemigConfig } from '../../config';
import { buildNodeJob } from './buildNodeJob';
import { courierMounts } from './courierMounts';
import { courierJobName } from './names';

const STARTUP_SECONDS = 120;

/** The Job of a courier that takes checkpoints. Where emptyDirs travel it may read files of any user. */
export function buildCourierJob(
  config: Pick<CubemigConfig, 'courier' | 'registry'>,
  request: CheckpointTask,
  node: string,
): KubeJob {
  return buildNodeJob(config.courier, request, {
    name: courierJobName(request.migration),
    node,
    deadlineSeconds: config.courier.timeoutSeconds + STARTUP_SECONDS,
    mounts: courierMounts(config, request),
    env: [
      request.kubelet.via === 'api-server'
        ? fieldVariable('NODE_NAME', 'spec.nodeName')
        : fieldVariable('HOST_IP', 'status.hostIP'),
    ],
    capabilities: request.volumes?.length ? ['DAC_READ_SEARCH'] : [],
    // A courier that is stopped waits for the archive that the kubelet is writing, to delete it.
    pod: { terminationGracePeriodSeconds: 120 },
  });
}

function fieldVariable(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
