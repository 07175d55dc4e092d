import {
  CheckpointTask,
  COURIER_REQUEST_VARIABLE,
  LABEL_MIGRATION,
} from '@cubemig/plugin-cubemig-common';
import { KubeJob } from '../../clusters';
import { CubemigConfig } from '../../config';
import { courierMounts } from './courierMounts';
import { courierJobName } from './names';

/** A finished Job that could not be deleted goes by itself. */
const KEEP_FINISHED_SECONDS = 3600;
const STARTUP_SECONDS = 120;

/**
 * The courier's Job. It runs as root because the kubelet's checkpoints belong to root, and has no other power: no
 * writable file system but the checkpoints, no privilege escalation, and no capability but, where emptyDirs travel, the one to read files
 * of any user.
 *
 * It is never repeated by itself (`backoffLimit: 0`): a second checkpoint would hold a later state and may hurt the source.
 */
export function buildCourierJob(
  settings: Pick<CubemigConfig, 'courier' | 'registry'>,
  request: CheckpointTask,
  node: string,
): KubeJob {
  const config = settings.courier;
  const labels = {
    [LABEL_MIGRATION]: request.migration,
    'app.kubernetes.io/name': 'cubemig-courier',
    'app.kubernetes.io/managed-by': 'cubemig',
  };
  const mounts = courierMounts(settings, request);
  return {
    metadata: {
      name: courierJobName(request.migration),
      namespace: config.namespace,
      labels,
    },
    spec: {
      backoffLimit: 0,
      ttlSecondsAfterFinished: KEEP_FINISHED_SECONDS,
      activeDeadlineSeconds: config.timeoutSeconds + STARTUP_SECONDS,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          nodeName: node,
          // Pinned by name, so no taint may turn it away: its pod runs on this node already.
          tolerations: [{ operator: 'Exists' }],
          serviceAccountName: config.serviceAccount,
          imagePullSecrets: config.imagePullSecrets.map(name => ({ name })),
          // A courier that is stopped waits for the archive that the kubelet is writing, to delete it.
          terminationGracePeriodSeconds: 120,
          enableServiceLinks: false,
          securityContext: {
            runAsUser: 0,
            runAsGroup: 0,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'courier',
              image: config.image,
              env: [
                {
                  name: COURIER_REQUEST_VARIABLE,
                  value: JSON.stringify(request),
                },
                request.kubelet.via === 'api-server'
                  ? fieldVariable('NODE_NAME', 'spec.nodeName')
                  : fieldVariable('HOST_IP', 'status.hostIP'),
              ],
              terminationMessagePolicy: 'File',
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                privileged: false,
                capabilities: request.volumes?.length
                  ? { drop: ['ALL'], add: ['DAC_READ_SEARCH'] }
                  : { drop: ['ALL'] },
              },
              resources: {
                requests: { cpu: '100m', memory: '64Mi' },
                limits: { memory: '512Mi' },
              },
              volumeMounts: mounts.map(({ volume, mountPath, readOnly }) => ({
                name: volume.name,
                mountPath,
                ...(readOnly ? { readOnly } : {}),
              })),
            },
          ],
          volumes: mounts.map(({ volume }) => volume),
        },
      },
    },
  };
}

function fieldVariable(name: string, fieldPath: string) {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
