import type { KubeObject } from '../../api/ClusterStore';

interface DeploymentCondition {
  type: string;
  status: 'True' | 'False';
  lastUpdateTime?: string;
  lastTransitionTime?: string;
  reason: string;
  message: string;
}

/** A deployment's status as its ReplicaSets and their pods make it (k8s.io/kubernetes, pkg/controller/deployment, calculateStatus). */
export function computeDeploymentStatus(input: {
  deployment: KubeObject;
  current: KubeObject | undefined;
  old: KubeObject[];
  maxUnavailable: number;
  now: string;
}): Record<string, unknown> {
  const { deployment, current, old, maxUnavailable, now } = input;
  const all = current ? [current, ...old] : old;
  const total = (field: string) =>
    all.reduce((sum, { status }) => sum + (status?.[field] ?? 0), 0);
  const { replicas: wanted } = deployment.spec;
  const replicas = total('replicas');
  const availableReplicas = total('availableReplicas');
  const updatedReplicas = current?.status?.replicas ?? 0;
  const counts = {
    replicas,
    updatedReplicas,
    readyReplicas: total('readyReplicas'),
    availableReplicas,
    unavailableReplicas: Math.max(
      0,
      all.reduce((sum, { spec }) => sum + spec.replicas, 0) - availableReplicas,
    ),
  };
  const isComplete =
    updatedReplicas === wanted &&
    replicas === wanted &&
    availableReplicas === wanted;
  const previous: DeploymentCondition[] = deployment.status?.conditions ?? [];
  const conditions = [
    progressing(current, isComplete, previous),
    available(availableReplicas >= wanted - maxUnavailable),
  ].map(condition => stamp(condition, previous, now));
  return {
    observedGeneration: deployment.metadata.generation,
    ...Object.fromEntries(
      Object.entries(counts).filter(([, count]) => count > 0),
    ),
    terminatingReplicas: total('terminatingReplicas'),
    conditions: inOrderOf(previous, conditions),
    collisionCount: deployment.status?.collisionCount,
  };
}

function progressing(
  current: KubeObject | undefined,
  isComplete: boolean,
  previous: DeploymentCondition[],
): DeploymentCondition {
  const name = current?.metadata.name;
  const was = previous.find(({ type }) => type === 'Progressing');
  const base = { type: 'Progressing', status: 'True' as const };
  if (isComplete) {
    return {
      ...base,
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${name}" has successfully progressed.`,
    };
  }
  // A rollout that was complete stays so while replicas come and go.
  if (
    was?.reason === 'NewReplicaSetAvailable' &&
    was.message.includes(`"${name}"`)
  ) {
    return was;
  }
  return {
    ...base,
    reason: 'ReplicaSetUpdated',
    message: `ReplicaSet "${name}" is progressing.`,
  };
}

function available(isAvailable: boolean): DeploymentCondition {
  return isAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

/** Keeps the times of a condition that says what it said before. */
function stamp(
  condition: DeploymentCondition,
  previous: DeploymentCondition[],
  now: string,
): DeploymentCondition {
  const { type, status, reason, message } = condition;
  const was = previous.find(other => other.type === type);
  const isSame =
    was?.status === status && was.reason === reason && was.message === message;
  return {
    type,
    status,
    lastUpdateTime: isSame ? was.lastUpdateTime : now,
    lastTransitionTime: was?.status === status ? was.lastTransitionTime : now,
    reason,
    message,
  };
}

/** Kubernetes appends a condition that changes its status to the end. */
function inOrderOf(
  previous: DeploymentCondition[],
  next: DeploymentCondition[],
): DeploymentCondition[] {
  const rankOf = ({ type, status }: DeploymentCondition) => {
    const at = previous.findIndex(
      was => was.type === type && was.status === status,
    );
    return at < 0 ? previous.length : at;
  };
  return [...next].sort((left, right) => rankOf(left) - rankOf(right));
}
