import { SweepTask } from '@cubemig/plugin-cubemig-common';
import { KubeJob } from '../../clusters';
import { CubemigConfig } from '../../config';
import { buildNodeJob } from './buildNodeJob';
import { checkpointsMount } from './courierMounts';
import { sweepJobName } from './names';

const DEADLINE_SECONDS = 300;

/** The Job of a courier that removes what couriers before it have left on a node. It needs nothing but the kubelet's checkpoints. */
export function buildSweepJob(
  config: CubemigConfig['courier'],
  request: SweepTask,
  node: string,
): KubeJob {
  return buildNodeJob(config, request, {
    name: sweepJobName(request.migration),
    node,
    deadlineSeconds: DEADLINE_SECONDS,
    mounts: [checkpointsMount],
    pod: { automountServiceAccountToken: false },
  });
}
