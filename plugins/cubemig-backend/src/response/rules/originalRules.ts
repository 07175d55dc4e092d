import { InputError } from '@backstage/errors';
import {
  OriginalRule,
  ResponseMode,
  ResponseRule,
  RuleInput,
} from '@cubemig/plugin-cubemig-common';

/**
 * A rule of the original CubeMig as one of this one.
 *
 * @throws InputError if it says to migrate and not where to
 */
export function fromOriginal(
  original: OriginalRule,
  mode: ResponseMode,
): RuleInput {
  const { rule, cluster, action, targetCluster } = original;
  if (action === 'migrate' && !targetCluster) {
    throw new InputError(
      `targetCluster: is missing of the rule '${rule}': say which cluster takes the pod`,
    );
  }
  const wantsAssessment = original.AI_suggestion === true;
  return {
    name: `${rule} on ${cluster}`.slice(0, 200),
    match: { rules: [rule], clusters: [cluster] },
    action,
    mode,
    ...(action === 'migrate' && {
      target: { cluster: targetCluster! },
      forensicAnalysis: wantsAssessment || original.forensic_analysis === true,
      aiAssessment: wantsAssessment,
    }),
  };
}

/** A rule in the original's shape; undefined if that cannot express it. */
export function toOriginal(rule: ResponseRule): OriginalRule | undefined {
  const { match, action, target } = rule;
  const [name, ...otherNames] = match.rules ?? [];
  const [cluster, ...otherClusters] = match.clusters ?? [];
  const conditions = Object.keys(match).filter(
    key => match[key as keyof typeof match] !== undefined,
  );
  const isPlain =
    conditions.length === 2 &&
    [name, cluster].every(text => text && !/[*?]/.test(text)) &&
    otherNames.length + otherClusters.length === 0;
  const targetCluster =
    target && 'cluster' in target ? target.cluster : undefined;
  const isSame =
    action === 'log' || (action === 'migrate' && targetCluster !== undefined);
  if (!isPlain || !isSame) return undefined;
  return {
    rule: name,
    cluster,
    action,
    targetCluster: targetCluster ?? null,
    forensic_analysis: rule.forensicAnalysis,
    AI_suggestion: rule.aiAssessment,
  };
}
