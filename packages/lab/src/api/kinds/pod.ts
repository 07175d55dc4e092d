import { forbidden } from '../ApiError';
import type { ClusterStore, KubeObject } from '../ClusterStore';
import { applyReadyCondition } from '../podReadiness';
import { typeOfKind } from '../resources';
import { randomSuffix } from '../store/names';
import type { KindBehaviour } from './KindBehaviour';
import { applyPodSpecDefaults } from './podSpecDefaults';
import { validatePodSpec, validatePodSpecUpdate } from './podValidation';

const TOKEN_MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A node that is lost keeps its pods for five minutes (admission plugin DefaultTolerationSeconds). */
const DEFAULT_TOLERATIONS = ['not-ready', 'unreachable'].map(condition => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

export const pod: KindBehaviour = {
  applyDefaults(object) {
    if (object.spec) {
      applyPodSpecDefaults(object.spec);
      object.spec.enableServiceLinks ??= true;
    }
    object.status = { phase: 'Pending', ...object.status };
    object.status.qosClass ??= computeQosClass(object.spec);
  },

  validate: object => validatePodSpec(object.spec, 'spec'),

  validateUpdate: (next, previous) =>
    validatePodSpecUpdate(next.spec, previous.spec),

  admit(object, store) {
    const { spec } = object;
    const account = requireServiceAccount(object, store);
    if (
      spec.automountServiceAccountToken ??
      account.automountServiceAccountToken ??
      true
    ) {
      mountToken(spec);
    }
    if (!spec.imagePullSecrets && account.imagePullSecrets) {
      spec.imagePullSecrets = account.imagePullSecrets;
    }
    const tolerations: { key?: string; effect?: string }[] =
      (spec.tolerations ??= []);
    for (const toleration of DEFAULT_TOLERATIONS) {
      const isThere = tolerations.some(
        ({ key, effect }) =>
          (!key || key === toleration.key) &&
          (!effect || effect === toleration.effect),
      );
      if (!isThere) {
        tolerations.push(toleration);
      }
    }
    spec.priority ??= 0;
    spec.preemptionPolicy ??= 'PreemptLowerPriority';
  },

  derive: applyReadyCondition,

  graceSeconds({ spec, status }, requested) {
    const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed';
    return !spec.nodeName || isOver
      ? 0
      : requested ?? spec.terminationGracePeriodSeconds;
  },
};

function requireServiceAccount(
  object: KubeObject,
  store: ClusterStore,
): KubeObject {
  const { spec, metadata } = object;
  spec.serviceAccountName ||= 'default';
  spec.serviceAccount = spec.serviceAccountName;
  const account = store.get(
    'ServiceAccount',
    metadata.namespace,
    spec.serviceAccountName,
  );
  if (!account) {
    throw forbidden(
      typeOfKind('Pod'),
      metadata.name,
      `error looking up service account ${metadata.namespace}/${spec.serviceAccountName}: serviceaccount "${spec.serviceAccountName}" not found`,
    );
  }
  return account;
}

/** Adds the projected volume with token, CA and namespace to every container that mounts nothing of its own there. */
function mountToken(spec: any): void {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const existing = (spec.volumes ?? []).find(({ name }: { name: string }) =>
    name.startsWith('kube-api-access-'),
  );
  const name = existing?.name ?? `kube-api-access-${randomSuffix()}`;
  let isMounted = false;
  for (const container of containers) {
    const mounts: { mountPath: string }[] = container.volumeMounts ?? [];
    if (!mounts.some(mount => mount.mountPath === TOKEN_MOUNT)) {
      container.volumeMounts = [
        ...mounts,
        { name, readOnly: true, mountPath: TOKEN_MOUNT },
      ];
      isMounted = true;
    }
  }
  if (isMounted && !existing) {
    spec.volumes = [...(spec.volumes ?? []), buildTokenVolume(name)];
  }
}

function buildTokenVolume(name: string) {
  return {
    name,
    projected: {
      sources: [
        // An hour, and seven seconds so that it is told from tokens that users asked for.
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        {
          configMap: {
            name: 'kube-root-ca.crt',
            items: [{ key: 'ca.crt', path: 'ca.crt' }],
          },
        },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: {
                  apiVersion: 'v1',
                  fieldPath: 'metadata.namespace',
                },
              },
            ],
          },
        },
      ],
      defaultMode: 420,
    },
  };
}

function computeQosClass(spec: any): string {
  const resources: any[] = [
    ...(spec?.initContainers ?? []),
    ...(spec?.containers ?? []),
  ].map(container => container.resources ?? {});
  if (resources.every(({ limits, requests }) => !limits && !requests)) {
    return 'BestEffort';
  }
  const isGuaranteed = resources.every(({ limits, requests }) =>
    ['cpu', 'memory'].every(
      unit => limits?.[unit] && limits[unit] === requests?.[unit],
    ),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
