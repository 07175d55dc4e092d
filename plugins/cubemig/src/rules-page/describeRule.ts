import { ResponseRule, RuleMatch } from '@cubemig/plugin-cubemig-common';
import { Words } from '../translation';

/** When a rule fires, in one line. */
export function describeMatch(match: RuleMatch, t: Words): string {
  const { rules, priority, tags, sources, clusters, namespaces } = match;
  const lists = [rules, tags, sources, clusters, namespaces].flatMap(list =>
    list ? [list.join(', ')] : [],
  );
  const pairs = [match.labels, match.outputFields].flatMap(record =>
    Object.entries(record ?? {}).map(([name, value]) => `${name}=${value}`),
  );
  const parts = [
    ...lists,
    ...(priority ? [`${priority.operator} ${priority.value}`] : []),
    ...pairs,
  ];
  return parts.join(' · ') || t('rules.everything');
}

/** What a rule does, in one line. */
export function describeDeed(
  { action, target, continue: continues }: ResponseRule,
  t: Words,
): string {
  const place =
    target && ('cluster' in target ? target.cluster : t('rules.quarantine'));
  return [
    place ? `${action} ${t('rules.toTarget', { target: place })}` : action,
    ...(continues ? [t('rules.continues')] : []),
  ].join(', ');
}
