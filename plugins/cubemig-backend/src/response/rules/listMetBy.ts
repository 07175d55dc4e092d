import { ResponseRule } from '@cubemig/plugin-cubemig-common';
import { isMatch, Subject } from './matchRule';

/**
 * Which conditions on output fields something meets, of the rules that can be about it. What must be known of its pod comes later, and is
 * the same for all occurrences in that pod. Changing anything else of a rule does not change what it tells apart.
 */
export function listMetBy(
  rules: Pick<ResponseRule, 'match'>[],
): (subject: Omit<Subject, 'podLabels'>) => string[] {
  const telling = rules
    .filter(({ match }) => Object.keys(match.outputFields ?? {}).length > 0)
    .map(({ match }) => ({
      condition: JSON.stringify(match.outputFields),
      match: { ...match, namespaces: undefined, labels: undefined },
    }));
  return subject => {
    const met = telling
      .filter(({ match }) => isMatch(match, { ...subject, podLabels: {} }))
      .map(({ condition }) => condition);
    return [...new Set(met)].sort();
  };
}
