import {
  COURIER_REQUEST_VARIABLE,
  courierPaths,
  RestoreVolumesTask,
} from '@cubemig/plugin-cubemig-common';
import { KubeContainer, KubePod, KubeVolume } from '../../clusters';

/** The init container that puts the files of emptyDirs back, and its volumes. */
const NAME = 'cubemig-volumes';
const REGISTRY_VOLUME = 'cubemig-registry';
const REGISTRY_TLS_VOLUME = 'cubemig-registry-tls';
const KEY_VOLUME = 'cubemig-volume-key';
const NOBODY = 65534;

/**
 * Adds the courier as the last init container: it fills the emptyDirs as they were when the checkpoint was taken, over whatever the pod's own
 * init containers have made anew in them. A process that holds a file open is restored only onto the very same file.
 */
export function addVolumeCourier(
  pod: KubePod,
  options: {
    request: RestoreVolumesTask;
    image: string;
    /** A Secret of the target's namespace with `.dockerconfigjson`. */
    registrySecret?: string;
    /** A Secret of the target's namespace with the certificate and key that the registry wants to see. */
    clientCertificateSecret?: string;
    /** A Secret of the target's namespace with private keys. */
    keySecret?: string;
    /** Whether the namespace allows neither root nor capabilities. Then files come to belong to the pod's own user. */
    isRestricted: boolean;
  },
): KubePod {
  const { request, image, isRestricted } = options;
  const secrets = [
    {
      name: REGISTRY_VOLUME,
      secret: options.registrySecret,
      path: courierPaths.registry,
    },
    {
      name: REGISTRY_TLS_VOLUME,
      secret: options.clientCertificateSecret,
      path: courierPaths.registryTls,
    },
    {
      name: KEY_VOLUME,
      secret: options.keySecret,
      path: courierPaths.decryption,
    },
  ].filter(({ secret }) => secret);
  const courier: KubeContainer = {
    name: NAME,
    image,
    env: [{ name: COURIER_REQUEST_VARIABLE, value: JSON.stringify(request) }],
    terminationMessagePolicy: 'File',
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      seccompProfile: { type: 'RuntimeDefault' },
      ...(isRestricted
        ? {
            runAsNonRoot: true,
            runAsUser: userOf(pod),
            capabilities: { drop: ['ALL'] },
          }
        : {
            runAsUser: 0,
            runAsGroup: 0,
            runAsNonRoot: false,
            capabilities: {
              drop: ['ALL'],
              add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
            },
          }),
    },
    resources: {
      requests: { cpu: '100m', memory: '64Mi' },
      limits: { memory: '512Mi' },
    },
    volumeMounts: [
      ...request.volumes.map(({ name }) => ({
        name,
        mountPath: `${courierPaths.volumes}/${name}`,
      })),
      ...secrets.map(({ name, path }) => ({
        name,
        mountPath: path,
        readOnly: true,
      })),
    ],
  };
  const volumes = secrets.map(
    ({ name, secret }): KubeVolume => ({
      name,
      secret: { secretName: secret },
    }),
  );
  return {
    ...pod,
    spec: {
      ...pod.spec!,
      initContainers: [
        ...withoutCourier(pod.spec!.initContainers ?? []),
        courier,
      ],
      volumes: [...withoutCourier(pod.spec!.volumes ?? []), ...volumes],
    },
  };
}

/** Whose files they should be. The courier's image has no user of its own that `restricted` would take. */
function userOf({ spec }: KubePod): number {
  const own = [
    spec!.securityContext,
    ...spec!.containers.map(c => c.securityContext),
  ];
  return own.find(context => context?.runAsUser)?.runAsUser ?? NOBODY;
}

/** A pod that is moved on has the courier of its last move in it. */
export function withoutCourier<T extends { name: string }>(parts: T[]): T[] {
  return parts.filter(
    ({ name }) =>
      ![NAME, REGISTRY_VOLUME, REGISTRY_TLS_VOLUME, KEY_VOLUME].includes(name),
  );
}
