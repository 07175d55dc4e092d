import { LABEL_MIGRATION, Problem } from '@cubemig/plugin-cubemig-common';
import { KubeDeployment, KubePod, KubeReplicaSet } from '../../clusters';
import { ProblemError } from '../../failures';
import { podTemplateHash } from './names';
import { requireSelected } from './requireSelected';

const HASH_LABEL = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** How a restored pod comes to belong to a Deployment of the target. */
export type CutOverPlan =
  /** The target's Deployment makes room for one more pod, and its active ReplicaSet adopts the restored one. */
  | { kind: 'join'; deployment: string; replicaSet: string; hash: string }
  /** The target has no such Deployment: one is made around the restored pod, without starting another. */
  | {
      kind: 'create';
      hash: string;
      replicaSet: KubeReplicaSet;
      deployment: KubeDeployment;
    };

/**
 * Plans the cut-over of a Deployment's pod. A Deployment that this very migration has made, before it was interrupted, is still being made.
 *
 * @param source - the pod in the source cluster, with its Deployment
 * @param target - the Deployment of the same name in the target, if there is one, with the namespace's ReplicaSets
 * @throws ProblemError if the target's Deployment could not adopt the pod
 */
export function planCutOver(
  migration: string,
  source: { pod: KubePod; deployment: KubeDeployment },
  target: {
    namespace: string;
    deployment?: KubeDeployment;
    replicaSets: KubeReplicaSet[];
  },
): CutOverPlan {
  const { deployment, replicaSets, namespace } = target;
  const isOwn = deployment?.metadata?.labels?.[LABEL_MIGRATION] === migration;
  return deployment && !isOwn
    ? planJoin(source.pod, deployment, replicaSets)
    : planCreate(migration, source.deployment, namespace);
}

function planJoin(
  pod: KubePod,
  deployment: KubeDeployment,
  replicaSets: KubeReplicaSet[],
): CutOverPlan {
  const name = deployment.metadata?.name ?? '';
  requireSelected('Deployment', name, deployment.spec!.selector, pod);
  const owned = replicaSets.filter(({ metadata }) =>
    metadata?.ownerReferences?.some(
      owner => owner.controller && owner.uid === deployment.metadata?.uid,
    ),
  );
  const active = owned.find(
    ({ metadata }) =>
      metadata?.annotations?.[REVISION] ===
      deployment.metadata?.annotations?.[REVISION],
  );
  const hash = active?.metadata?.labels?.[HASH_LABEL];
  const others = owned.filter(
    replicaSet => replicaSet !== active && replicaSet.spec?.replicas,
  );
  if (!active?.metadata?.name || !hash || others.length > 0) {
    throw new ProblemError(rolloutUnderWay(name));
  }
  return {
    kind: 'join',
    deployment: name,
    replicaSet: active.metadata.name,
    hash,
  };
}

function rolloutUnderWay(name: string): Problem {
  return {
    code: 'rollout-under-way',
    message: `The target's Deployment '${name}' is in the middle of a rollout.`,
    remedy: `Wait for it (kubectl rollout status deployment/${name}), then migrate again.`,
  };
}

/**
 * A Deployment recognises a ReplicaSet as its own by comparing templates without the hash; so both get the source's template, the
 * ReplicaSet's with a hash of our choice that the restored pod carries too.
 */
function planCreate(
  migration: string,
  source: KubeDeployment,
  namespace: string,
): CutOverPlan {
  const hash = podTemplateHash(migration);
  const { name, labels, annotations } = source.metadata!;
  const {
    [REVISION]: _revision,
    [LAST_APPLIED]: _lastApplied,
    ...carried
  } = annotations ?? {};
  const spec = source.spec!;
  const { template, selector } = spec;
  const templateLabels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  return {
    kind: 'create',
    hash,
    replicaSet: {
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: { ...templateLabels, [LABEL_MIGRATION]: migration },
      },
      spec: {
        replicas: 1,
        minReadySeconds: spec.minReadySeconds,
        selector: {
          ...selector,
          matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash },
        },
        template: {
          ...template,
          metadata: { ...template.metadata, labels: templateLabels },
        },
      },
    },
    deployment: {
      metadata: {
        name,
        namespace,
        labels: { ...labels, [LABEL_MIGRATION]: migration },
        annotations: carried,
      },
      spec: { ...spec, replicas: 1, paused: undefined },
    },
  };
}
