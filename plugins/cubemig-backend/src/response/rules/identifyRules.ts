import { ResponseRule } from '@cubemig/plugin-cubemig-common';
import { createHash } from 'node:crypto';

/** Equal as long as the same rules are asked in the same order. */
export function identifyRules(rules: ResponseRule[]): string {
  const asked = rules.map(({ id, revision }) => [id, revision]);
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
