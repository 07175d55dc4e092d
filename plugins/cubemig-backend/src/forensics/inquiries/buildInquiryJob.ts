import {
  COURIER_REQUEST_VARIABLE,
  courierPaths,
  CourierRequest,
} from '@cubemig/plugin-cubemig-common';
import { KubeJob } from '../../clusters';
import { CubemigConfig } from '../../config';

/** Label on an inquiry's Job and its pod. */
export const LABEL_INQUIRY = 'cubemig.io/inquiry';

/** A Job that could not be deleted goes by itself. */
const KEEP_FINISHED_SECONDS = 600;

/**
 * The Job of a courier that looks into a stored checkpoint. It works on whatever node has room, is no user of the node's and needs nothing
 * of Kubernetes: neither root nor a token.
 */
export function buildInquiryJob(
  { courier, forensics, registry }: CubemigConfig,
  request: CourierRequest,
): KubeJob {
  const labels = {
    [LABEL_INQUIRY]: request.migration,
    'app.kubernetes.io/name': 'cubemig-courier',
    'app.kubernetes.io/managed-by': 'cubemig',
  };
  const secrets = [
    {
      name: 'registry',
      mountPath: courierPaths.registry,
      secret: {
        secretName: courier.registrySecret,
        items: [{ key: '.dockerconfigjson', path: '.dockerconfigjson' }],
      },
    },
    ...(registry.clientCertificateSecret
      ? [
          {
            name: 'registry-tls',
            mountPath: courierPaths.registryTls,
            secret: { secretName: registry.clientCertificateSecret },
          },
        ]
      : []),
    ...(forensics.decryptionSecret
      ? [
          {
            name: 'decryption',
            mountPath: courierPaths.decryption,
            secret: { secretName: forensics.decryptionSecret },
          },
        ]
      : []),
  ];
  return {
    metadata: {
      name: `cubemig-inquiry-${request.migration.slice(0, 13)}`,
      namespace: courier.namespace,
      labels,
    },
    spec: {
      backoffLimit: 0,
      ttlSecondsAfterFinished: KEEP_FINISHED_SECONDS,
      activeDeadlineSeconds: forensics.inquiryTimeoutSeconds,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: courier.serviceAccount,
          automountServiceAccountToken: false,
          imagePullSecrets: courier.imagePullSecrets.map(name => ({ name })),
          enableServiceLinks: false,
          securityContext: {
            runAsUser: 65532,
            runAsGroup: 65532,
            runAsNonRoot: true,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'courier',
              image: courier.image,
              env: [
                {
                  name: COURIER_REQUEST_VARIABLE,
                  value: JSON.stringify(request),
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
                { name: 'temporary', mountPath: courierPaths.temporary },
                ...secrets.map(({ name, mountPath }) => ({
                  name,
                  mountPath,
                  readOnly: true,
                })),
              ],
            },
          ],
          volumes: [
            { name: 'temporary', emptyDir: {} },
            ...secrets.map(({ name, secret }) => ({ name, secret })),
          ],
        },
      },
    },
  };
}
