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
    ...(priority ? [describePriority(priority, t)] : []),
    ...pairs,
  ];
  return parts.join(' · ') || t('rules.everything');
}

function describePriority(
  { operator, value }: NonNullable<RuleMatch['priority']>,
  t: Words,
): string {
  const priority = t(`alerts.priorities.${value}`);
  // The one that the page offers; the others come from config.
  if (operator === '>=') return t('rules.atLeast', { priority });
  return operator === '=' ? priority : `${operator} ${priority}`;
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
