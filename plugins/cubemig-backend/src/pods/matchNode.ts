import { Problem } from '@cubemig/plugin-cubemig-common';
import type { V1NodeSelectorRequirement } from '@kubernetes/client-node';
import { KubeNode, KubePod } from '../clusters';

/** Why the pod's own selectors do not let it run on a node. What it merely prefers does not count. */
export function findSelectionObstacle(
  { metadata }: KubeNode,
  { spec }: KubePod,
): Problem | undefined {
  const labels = metadata?.labels ?? {};
  const name = metadata?.name ?? '';
  const lacking = Object.entries(spec?.nodeSelector ?? {}).find(
    ([key, value]) => labels[key] !== value,
  );
  if (lacking) {
    return {
      code: 'no-node-fits',
      message: `Node '${name}' lacks the label ${lacking.join(
        '=',
      )} that the pod's nodeSelector asks for.`,
      remedy: `Label a node of the target: kubectl label node ${name} ${lacking.join(
        '=',
      )}`,
    };
  }
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms;
  const isSelected =
    !terms ||
    terms.some(
      term =>
        (term.matchExpressions ?? []).every(r => isMet(labels[r.key], r)) &&
        (term.matchFields ?? []).every(r => isMet(name, r)),
    );
  return isSelected
    ? undefined
    : {
        code: 'no-node-fits',
        message: `Node '${name}' does not meet the pod's required node affinity.`,
        remedy:
          'Label a node of the target as the affinity asks, or relax it in the workload.',
      };
}

function isMet(
  value: string | undefined,
  { operator, values = [] }: V1NodeSelectorRequirement,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}
