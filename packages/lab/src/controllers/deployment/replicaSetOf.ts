import type { KubeObject, ObjectDraft } from '../../api/ClusterStore';
import { hashName } from '../../api/store/names';
import { isSameJson } from '../../api/store/equality';
import { controllerReference } from '../ownership';

export const HASH_LABEL = 'pod-template-hash';
export const REVISION = 'deployment.kubernetes.io/revision';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** Whether a ReplicaSet makes the very pods that the deployment describes: templates are compared without the hash. */
export function hasTemplateOf(
  replicaSet: KubeObject,
  deployment: KubeObject,
): boolean {
  return isSameJson(
    withoutHash(replicaSet.spec.template),
    withoutHash(deployment.spec.template),
  );
}

function withoutHash(template: any) {
  const { [HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** The ReplicaSet for a deployment's present template, not stored yet. */
export function buildReplicaSet(
  deployment: KubeObject,
  options: { replicas: number; maxReplicas: number; revision: number },
): ObjectDraft {
  const { metadata, spec, status } = deployment;
  const { replicas, maxReplicas, revision } = options;
  // A collision is answered by hashing once more, with the number of collisions so far.
  const hash = hashName([spec.template, status?.collisionCount ?? 0]);
  const labels = { ...spec.template.metadata?.labels, [HASH_LABEL]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations: {
        ...annotationsToCopy(metadata.annotations),
        [DESIRED_REPLICAS]: String(spec.replicas),
        [MAX_REPLICAS]: String(maxReplicas),
        [REVISION]: String(revision),
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      minReadySeconds: spec.minReadySeconds,
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector.matchLabels, [HASH_LABEL]: hash },
      },
      template: {
        ...spec.template,
        metadata: { ...spec.template.metadata, labels },
      },
    },
  };
}

function annotationsToCopy(annotations: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(annotations).filter(
      ([name]) =>
        !name.startsWith('deployment.kubernetes.io/') &&
        name !== 'kubectl.kubernetes.io/last-applied-configuration',
    ),
  );
}
