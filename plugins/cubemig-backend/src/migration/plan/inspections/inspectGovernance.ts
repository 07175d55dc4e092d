import { Kinds, KubeWorkload } from '../../../clusters';
import { Finding, PlanContext, warning } from '../PlanContext';
import { Reading, valueOf } from '../Reading';

/** Labels and annotations by which a GitOps tool knows its own, and how to make it look away. */
const GITOPS = [
  {
    mark: 'argocd.argoproj.io/',
    tool: 'Argo CD',
    remedy:
      'Ignore differences in /spec/replicas for it (spec.ignoreDifferences), or switch its automatic sync off meanwhile; then bring the new numbers into Git.',
  },
  {
    mark: 'kustomize.toolkit.fluxcd.io/',
    tool: 'Flux',
    remedy:
      'Suspend its Kustomization meanwhile (flux suspend kustomization ...), and bring the new numbers into Git.',
  },
  {
    mark: 'helm.toolkit.fluxcd.io/',
    tool: 'Flux',
    remedy:
      'Suspend its HelmRelease meanwhile (flux suspend helmrelease ...), and bring the new numbers into Git.',
  },
];

/** Who else has a say in how many pods there are: they would undo or fight what a migration changes. */
export function inspectGovernance(context: PlanContext): Finding[] {
  if (context.order.mode !== 'move') return [];
  const { source, target } = context.inventory;
  return [
    ...inspectGitOps(source.cluster, context, source.workload),
    ...(target
      ? inspectGitOps(target.cluster, context, valueOf(target.workload))
      : []),
    ...inspectAutoscalers(source.cluster, context, source.autoscalers),
    ...(target
      ? inspectAutoscalers(target.cluster, context, target.autoscalers)
      : []),
    ...inspectBudgets(context),
  ];
}

function inspectGitOps(
  cluster: string,
  { inventory, order }: PlanContext,
  workload: KubeWorkload | undefined,
): Finding[] {
  const { labels, annotations } = workload?.metadata ?? {};
  const marks = Object.keys({ ...labels, ...annotations });
  const found = GITOPS.find(({ mark }) => marks.some(m => m.startsWith(mark)));
  const { owner } = inventory.source;
  if (!found || !owner) return [];
  return [
    warning(
      {
        code: 'managed-by-gitops',
        message: `${found.tool} keeps the ${owner.kind} '${owner.name}' of '${cluster}' as it is in Git, and would put the number of replicas back.`,
        remedy: found.remedy,
      },
      { cluster, object: `${owner.kind} ${order.namespace}/${owner.name}` },
    ),
  ];
}

function inspectAutoscalers(
  cluster: string,
  { inventory, order }: PlanContext,
  autoscalers: Reading<Kinds['HorizontalPodAutoscaler'][]> | undefined,
): Finding[] {
  const { owner } = inventory.source;
  const found = (valueOf(autoscalers) ?? []).find(
    ({ spec }) =>
      spec?.scaleTargetRef.kind === owner?.kind &&
      spec?.scaleTargetRef.name === owner?.name,
  );
  if (!found) return [];
  const name = found.metadata?.name;
  return [
    warning(
      {
        code: 'autoscaled',
        message: `The HorizontalPodAutoscaler '${name}' of '${cluster}' sets the number of replicas of '${owner?.name}', too.`,
        remedy: `It may bring a replica back that the migration took away. Give it room (minReplicas), or remove it meanwhile.`,
      },
      { cluster, object: `HorizontalPodAutoscaler ${order.namespace}/${name}` },
    ),
  ];
}

function inspectBudgets({ inventory, pod, order }: PlanContext): Finding[] {
  const { cluster, budgets } = inventory.source;
  const labels = pod.metadata?.labels ?? {};
  const found = (valueOf(budgets) ?? []).find(
    ({ spec, status }) =>
      status?.disruptionsAllowed === 0 &&
      !spec?.selector?.matchExpressions?.length &&
      Object.entries(spec?.selector?.matchLabels ?? {}).every(
        ([key, value]) => labels[key] === value,
      ),
  );
  if (!found) return [];
  const name = found.metadata?.name;
  return [
    warning(
      {
        code: 'disruption-budget',
        message: `The PodDisruptionBudget '${name}' allows no pod of this app to go, counted in '${cluster}' alone.`,
        remedy:
          'Scaling down is no eviction, so it does not hold the migration up: the target serves before the source goes. Scale up before if the source must not have one less.',
      },
      { cluster, object: `PodDisruptionBudget ${order.namespace}/${name}` },
    ),
  ];
}
