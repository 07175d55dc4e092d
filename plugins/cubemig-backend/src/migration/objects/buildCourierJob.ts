import {
  CheckpointTask,
  COURIER_REQUEST_VARIABLE,
  LABEL_MIGRATION,
} from '@cubemig/plugin-cubemig-common';
import { KubeJob } from '../../clusters';
import { CubemigConfig } from '../../config';
import { courierJobName } from './names';

/** Where the kubelet writes checkpoints; the courier sees it under the same path. */
const CHECKPOINT_DIRECTORY = '/var/lib/kubelet/checkpoints';
const SIGNING_SECRET_DIRECTORY = '/var/run/secrets/cubemig/signing';
const REGISTRY_SECRET_DIRECTORY = '/var/run/secrets/cubemig/registry';
/** A finished Job that could not be deleted goes by itself. */
const KEEP_FINISHED_SECONDS = 3600;
const STARTUP_SECONDS = 120;

/**
 * The courier's Job. It runs as root because the kubelet's checkpoints belong to root, and has no other power: no capability, no
 * writable file system but the checkpoints, no privilege escalation.
 *
 * It is never repeated by itself (`backoffLimit: 0`): a second checkpoint would hold a later state and may hurt the source.
 */
export function buildCourierJob(
  config: CubemigConfig['courier'],
  request: CheckpointTask,
  node: string,
): KubeJob {
  const labels = {
    [LABEL_MIGRATION]: request.migration,
    'app.kubernetes.io/name': 'cubemig-courier',
    'app.kubernetes.io/managed-by': 'cubemig',
  };
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
                {
                  name: 'HOST_IP',
                  valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } },
                },
              ],
              terminationMessagePolicy: 'File',
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                privileged: false,
                capabilities: { drop: ['ALL'] },
              },
              resources: {
                requests: { cpu: '100m', memory: '64Mi' },
                limits: { memory: '512Mi' },
              },
              volumeMounts: [
                { name: 'checkpoints', mountPath: CHECKPOINT_DIRECTORY },
                {
                  name: 'registry',
                  mountPath: REGISTRY_SECRET_DIRECTORY,
                  readOnly: true,
                },
                ...(config.signingSecret
                  ? [
                      {
                        name: 'signing',
                        mountPath: SIGNING_SECRET_DIRECTORY,
                        readOnly: true,
                      },
                    ]
                  : []),
              ],
            },
          ],
          volumes: [
            {
              name: 'checkpoints',
              hostPath: {
                path: CHECKPOINT_DIRECTORY,
                type: 'DirectoryOrCreate',
              },
            },
            {
              name: 'registry',
              secret: {
                secretName: config.registrySecret,
                items: [
                  { key: '.dockerconfigjson', path: '.dockerconfigjson' },
                ],
              },
            },
            ...(config.signingSecret
              ? [
                  {
                    name: 'signing',
                    secret: {
                      secretName: config.signingSecret,
                      items: [{ key: 'key.pem', path: 'key.pem' }],
                    },
                  },
                ]
              : []),
          ],
        },
      },
    },
  };
}
