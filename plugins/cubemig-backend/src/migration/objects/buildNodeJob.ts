import {
  CheckpointTask,
  COURIER_REQUEST_VARIABLE,
  LABEL_MIGRATION,
  SweepTask,
} from '@cubemig/plugin-cubemig-common';
import { KubeContainer, KubeJob, KubePod } from '../../clusters';
import { CubemigConfig } from '../../config';
import { CourierMount } from './courierMounts';

/** A finished Job that could not be deleted goes by itself. */
const KEEP_FINISHED_SECONDS = 3600;

/**
 * A courier's Job on a node. It runs as root because the kubelet's checkpoints belong to root, and has no other power: no writable file
 * system but the checkpoints, no privilege escalation, and no capability but those that it is given.
 *
 * It is never repeated by itself (`backoffLimit: 0`): a second checkpoint would hold a later state and may hurt the source.
 */
export function buildNodeJob(
  config: CubemigConfig['courier'],
  request: CheckpointTask | SweepTask,
  parts: {
    name: string;
    node: string;
    deadlineSeconds: number;
    mounts: CourierMount[];
    /** Besides the request. */
    env?: NonNullable<KubeContainer['env']>;
    capabilities?: string[];
    /** What else its pod is to be. */
    pod?: Partial<NonNullable<KubePod['spec']>>;
  },
): KubeJob {
  const { name, node, deadlineSeconds, mounts, env = [] } = parts;
  const { capabilities: add = [] } = parts;
  const labels = {
    [LABEL_MIGRATION]: request.migration,
    'app.kubernetes.io/name': 'cubemig-courier',
    'app.kubernetes.io/managed-by': 'cubemig',
  };
  return {
    metadata: { name, namespace: config.namespace, labels },
    spec: {
      backoffLimit: 0,
      ttlSecondsAfterFinished: KEEP_FINISHED_SECONDS,
      activeDeadlineSeconds: deadlineSeconds,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          nodeName: node,
          // Pinned by name, so no taint may turn it away: what it works on is on this node.
          tolerations: [{ operator: 'Exists' }],
          serviceAccountName: config.serviceAccount,
          imagePullSecrets: config.imagePullSecrets.map(secret => ({
            name: secret,
          })),
          enableServiceLinks: false,
          securityContext: {
            runAsUser: 0,
            runAsGroup: 0,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          ...parts.pod,
          containers: [
            {
              name: 'courier',
              image: config.image,
              env: [
                {
                  name: COURIER_REQUEST_VARIABLE,
                  value: JSON.stringify(request),
                },
                ...env,
              ],
              terminationMessagePolicy: 'File',
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                privileged: false,
                capabilities: {
                  drop: ['ALL'],
                  ...(add.length > 0 ? { add } : {}),
                },
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
