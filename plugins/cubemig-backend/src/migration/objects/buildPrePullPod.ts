import { LABEL_MIGRATION } from '@cubemig/plugin-cubemig-common';
import { KubePod } from '../../clusters';
import { prePullPodName } from './names';

/** No image has it, so the container never starts; its image is pulled all the same. */
const ABSENT_COMMAND = '/cubemig-pre-pull';

/**
 * A short-lived pod that pulls the containers' base images in the target, on the node that the target's scheduler chooses for a
 * pod like the source. CRI-O restores a container only where its base image lies already, and does not pull it itself.
 *
 * It carries none of the app's labels: no Service and no controller may take it for the app.
 */
export function buildPrePullPod(
  source: KubePod,
  options: {
    migration: string;
    namespace: string;
    /** Those whose processes travel. */
    containers: string[];
    /** Of the source's node, where that is known. */
    architecture?: string;
    timeoutSeconds: number;
    isQuarantined?: boolean;
  },
): KubePod {
  const { migration, architecture, timeoutSeconds, containers } = options;
  const spec = source.spec!;
  return {
    metadata: {
      name: prePullPodName(migration),
      namespace: options.namespace,
      labels: {
        [LABEL_MIGRATION]: migration,
        'app.kubernetes.io/name': 'cubemig-pre-pull',
        'app.kubernetes.io/managed-by': 'cubemig',
      },
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: timeoutSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // In quarantine the source's account is unknown; pulling needs none.
      serviceAccountName: options.isQuarantined
        ? undefined
        : spec.serviceAccountName,
      imagePullSecrets: spec.imagePullSecrets,
      nodeSelector: {
        ...spec.nodeSelector,
        ...(architecture ? { 'kubernetes.io/arch': architecture } : {}),
      },
      affinity: spec.affinity,
      tolerations: spec.tolerations,
      topologySpreadConstraints: spec.topologySpreadConstraints,
      priorityClassName: spec.priorityClassName,
      runtimeClassName: spec.runtimeClassName,
      schedulerName: spec.schedulerName,
      securityContext: spec.securityContext,
      containers: spec.containers
        .filter(({ name }) => containers.includes(name))
        .map(container => ({
          name: container.name,
          image: baseImage(source, container.name),
          imagePullPolicy: 'IfNotPresent',
          command: [ABSENT_COMMAND],
          resources: container.resources,
          securityContext: container.securityContext,
        })),
    },
  };
}

/**
 * The image that a container was started from, by digest. Of a restored container the kubelet reports the base image here, not the
 * checkpoint image that its spec names. Some runtimes report a bare image ID that cannot be pulled: then the name must do.
 */
function baseImage(source: KubePod, container: string) {
  const status = source.status?.containerStatuses?.find(
    ({ name }) => name === container,
  );
  const reference = status?.imageID?.replace(/^[a-z-]+:\/\//, '') ?? '';
  if (reference.includes('@sha256:')) return reference;
  return (
    status?.image ??
    source.spec!.containers.find(({ name }) => name === container)!.image
  );
}
