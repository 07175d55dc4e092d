import {
  CONDITION_VALIDATED,
  KUBERNETES_ID,
  LABEL_HOPS,
  LABEL_MIGRATION,
  LABEL_SOURCE_CLUSTER,
  POD_DELETION_COST,
} from '@cubemig/plugin-cubemig-common';
import { KubeContainer, KubePod } from '../../clusters';

/** Highest: whoever scales the workload down should lose a fresh replica first. */
const HIGH_DELETION_COST = '2147483647';

const TOKEN_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Label on a pod that runs beside its original: that one's name. */
const LABEL_COPY_OF = 'cubemig.io/copy-of';

/** Labels by which a controller of the source cluster knows its pods. */
const CONTROLLER_LABELS = [
  'pod-template-hash',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/',
  'controller-uid',
  'job-name',
];

/** Annotations that describe the source pod itself: its last apply, its network, its migrations. */
const LOCAL_ANNOTATIONS = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'k8s.v1.cni.cncf.io/network-status',
  'cni.projectcalico.org/',
  'cubemig.io/',
];

export interface RestoredPodOptions {
  migration: string;
  sourceCluster: string;
  place: { namespace: string; pod: string };
  /** The node on which the base images lie; the scheduler chooses where it is not known yet. */
  node?: string;
  /** The checkpoint images, by digest, of the containers that travel; others start anew. */
  images: Record<string, string>;
  pullSecrets: string[];
  /** Whether it takes over from the source, and so carries the app's labels; a copy gets no traffic and has no controller. */
  takesOver: boolean;
  /** Labels that wait for cut-over. */
  withheldLabels?: string[];
}

/**
 * The pod that continues the source's processes in the target. All that the dump remembers must fit: mounts, user, volumes; all that
 * belongs to the source cluster (owner, token volume, assigned priority) stays behind.
 *
 * `restartPolicy: Never`: the kubelet would restart a crashed container from the same checkpoint, a jump back in time. Its
 * controller replaces the pod by a fresh one instead. The readiness gate keeps traffic away until validation.
 */
export function buildRestoredPod(
  source: KubePod,
  options: RestoredPodOptions,
): KubePod {
  const { migration, sourceCluster, node, images, pullSecrets } = options;
  const { place, takesOver } = options;
  const metadata = source.metadata!;
  const {
    // Set by admission in the source; the target's admission refuses values that are not its own.
    priority,
    preemptionPolicy,
    overhead,
    serviceAccount,
    // Cannot be set on creation, or have done their work.
    ephemeralContainers,
    schedulingGates,
    ...spec
  } = source.spec!;
  const tokenVolumes = (spec.volumes ?? [])
    .map(({ name }) => name)
    .filter(name => name.startsWith('kube-api-access-'));
  const pullFrom = [
    ...(spec.imagePullSecrets ?? []).map(({ name }) => name),
    ...pullSecrets,
  ];

  const withoutToken = (container: KubeContainer): KubeContainer => ({
    ...container,
    volumeMounts: container.volumeMounts?.filter(
      mount => !tokenVolumes.includes(mount.name),
    ),
  });

  return {
    metadata: {
      name: place.pod,
      namespace: place.namespace,
      labels: {
        ...carriedLabels(source, options),
        [LABEL_MIGRATION]: migration,
        [LABEL_SOURCE_CLUSTER]: labelValue(sourceCluster),
        [LABEL_HOPS]: String(hopsOf(source) + 1),
      },
      annotations: {
        ...without(metadata.annotations, LOCAL_ANNOTATIONS),
        [POD_DELETION_COST]: HIGH_DELETION_COST,
      },
    },
    spec: {
      ...spec,
      nodeName: node,
      restartPolicy: 'Never',
      // Said outright: the dump expects the token's mount exactly if the source had it.
      automountServiceAccountToken: mountsToken(source.spec!.containers),
      imagePullSecrets: [...new Set(pullFrom)].map(name => ({ name })),
      readinessGates: [
        ...(spec.readinessGates ?? []).filter(
          gate => gate.conditionType !== CONDITION_VALIDATED,
        ),
        ...(takesOver ? [{ conditionType: CONDITION_VALIDATED }] : []),
      ],
      volumes: spec.volumes?.filter(({ name }) => !tokenVolumes.includes(name)),
      initContainers: spec.initContainers?.map(withoutToken),
      containers: spec.containers.map(container => ({
        ...withoutToken(withoutRestarts(container)),
        ...(images[container.name]
          ? { image: images[container.name], imagePullPolicy: 'IfNotPresent' }
          : {}),
      })),
    },
  };
}

/** Only with the labels of its app does a pod get the app's traffic, and a controller that counts it. */
function carriedLabels(
  { metadata }: KubePod,
  { takesOver, withheldLabels = [] }: RestoredPodOptions,
) {
  if (takesOver) {
    return without(metadata!.labels, [...CONTROLLER_LABELS, ...withheldLabels]);
  }
  const id = metadata!.labels?.[KUBERNETES_ID];
  return {
    ...(id ? { [KUBERNETES_ID]: id } : {}),
    [LABEL_COPY_OF]: labelValue(metadata!.name!),
  };
}

/** A container's own restart rules would overrule the pod's. */
function withoutRestarts(container: KubeContainer): KubeContainer {
  const { restartPolicy, restartPolicyRules, resizePolicy, ...rest } =
    container as KubeContainer & { restartPolicyRules?: unknown };
  return rest;
}

/** How many migrations a pod's processes have behind them. */
function hopsOf(pod: KubePod): number {
  const hops = Number(pod.metadata?.labels?.[LABEL_HOPS] ?? 0);
  return Number.isSafeInteger(hops) && hops >= 0 ? hops : 0;
}

function mountsToken(containers: KubeContainer[]) {
  return containers.some(container =>
    container.volumeMounts?.some(mount => mount.mountPath === TOKEN_DIRECTORY),
  );
}

/** A cluster's name may hold what a label's value must not. */
function labelValue(text: string) {
  return text
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

function without(
  values: Record<string, string> | undefined,
  prefixes: string[],
) {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(
      ([key]) => !prefixes.some(prefix => key.startsWith(prefix)),
    ),
  );
}
