import { ClusterClient, isRefusal, KubePod } from '../../clusters';
import { ProblemError } from '../../failures';
import { findNodeObstacle, isNodeReady } from '../../pods';
import { planCutOver, referencesOf } from '../objects';
import { MigrationRun } from '../MigrationRun';
import { recipientsOf } from './recipients';

/**
 * Whether the target cluster has all that the pod needs.
 *
 * @returns warnings: what could not be looked up
 * @throws ProblemError for what is missing
 */
export async function checkTarget(
  run: MigrationRun,
  pod: KubePod,
): Promise<string[]> {
  recipientsOf(run);
  const target = await run.target();
  await checkNames(run, target, pod);
  await checkNodes(run, target);
  await readCutOverPlan(run, pod);
  return checkReferences(target, pod);
}

/** How the restored pod will come to its workload; the clusters may change between preflight and cut-over. */
export async function readCutOverPlan(run: MigrationRun, pod: KubePod) {
  const { migration, facts } = run;
  if (facts.owner?.kind !== 'Deployment') {
    return planCutOver(migration.id, { pod }, { replicaSets: [] });
  }
  const { name } = facts.owner;
  const [source, target] = await Promise.all([run.source(), run.target()]);
  const { namespace } = run.destination;
  const [deployment, theirs, replicaSets] = await Promise.all([
    source.get('Deployment', { namespace: migration.source.namespace, name }),
    target.get('Deployment', { namespace, name }),
    target.list('ReplicaSet', { namespace }),
  ]);
  if (!deployment) {
    throw new ProblemError({
      code: 'deployment-gone',
      message: `The pod's Deployment '${name}' is being deleted.`,
      remedy: 'Let it end, or create the Deployment again.',
    });
  }
  return planCutOver(
    migration.id,
    { pod, deployment },
    { deployment: theirs, replicaSets },
  );
}

async function checkNames(
  run: MigrationRun,
  target: ClusterClient,
  pod: KubePod,
) {
  const { cluster, namespace, pod: name } = run.destination;
  if (!(await target.exists('Namespace', { name: namespace }))) {
    throw new ProblemError({
      code: 'namespace-missing',
      message: `The cluster '${cluster}' has no namespace '${namespace}'.`,
      remedy: `Create it: kubectl create namespace ${namespace}`,
    });
  }
  const account = pod.spec!.serviceAccountName ?? 'default';
  if (!(await target.exists('ServiceAccount', { namespace, name: account }))) {
    throw new ProblemError({
      code: 'service-account-missing',
      message: `The namespace '${namespace}' of cluster '${cluster}' has no ServiceAccount '${account}'.`,
      remedy: `Create it: kubectl -n ${namespace} create serviceaccount ${account}`,
    });
  }
  if (await target.exists('Pod', { namespace, name })) {
    throw new ProblemError({
      code: 'name-taken',
      message: `The cluster '${cluster}' has a pod '${name}' in '${namespace}' already.`,
      remedy: 'Delete it if nobody needs it, then migrate again.',
    });
  }
}

async function checkNodes(run: MigrationRun, target: ClusterClient) {
  const nodes = await target.list('Node').catch(error => {
    if (isRefusal(error, 'Forbidden')) return undefined;
    throw error;
  });
  if (!nodes) return;
  const { architecture } = run.facts;
  const alike = nodes.filter(
    node =>
      isNodeReady(node) &&
      !node.spec?.unschedulable &&
      node.status?.nodeInfo?.architecture === architecture,
  );
  if (alike.length === 0) {
    throw new ProblemError({
      code: 'no-node-fits',
      message: `The cluster '${target.cluster}' has no ready node with the architecture ${architecture}.`,
      remedy: 'Add or uncordon such a node, or choose another cluster.',
    });
  }
  const obstacles = alike.map(findNodeObstacle);
  if (obstacles.every(Boolean)) throw new ProblemError(obstacles[0]!);
}

async function checkReferences(target: ClusterClient, pod: KubePod) {
  const { namespace } = pod.metadata!;
  const unreadable = new Set<string>();
  const missing: string[] = [];
  for (const { kind, name } of referencesOf(pod)) {
    try {
      const exists = await target.exists(kind, { namespace, name });
      if (!exists) missing.push(`${kind} '${name}'`);
    } catch (error) {
      if (!isRefusal(error, 'Forbidden')) throw error;
      unreadable.add(`${kind} '${name}'`);
    }
  }
  if (missing.length > 0) {
    throw new ProblemError({
      code: 'references-missing',
      message: `The namespace '${namespace}' of cluster '${
        target.cluster
      }' lacks what the pod needs: ${missing.join(', ')}.`,
      remedy: 'Create them there, then migrate again.',
    });
  }
  return unreadable.size === 0
    ? []
    : [
        `Backstage may not look whether '${target.cluster}' has ${[
          ...unreadable,
        ].join(', ')}; without them the pod will not start there.`,
      ];
}
