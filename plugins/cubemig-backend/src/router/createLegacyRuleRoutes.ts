import { NotFoundError } from '@backstage/errors';
import {
  cubemigRuleReadPermission,
  cubemigRuleWritePermission,
  originalConfigSchema,
  originalRuleSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { fromOriginal, RuleStore, toOriginal } from '../response';
import { Access } from './Access';
import { Route, route } from './route';

/** The original CubeMig's `/config`, in its shapes. What it cannot express is not in its list. */
export function createLegacyRuleRoutes(options: {
  access: Access;
  rules: RuleStore;
}): Route[] {
  const { access, rules } = options;

  async function list() {
    return (await rules.list()).flatMap(rule => {
      const original = toOriginal(rule);
      return original ? [{ id: rule.id, original }] : [];
    });
  }

  return [
    route(
      'GET /config',
      {
        summary: "List rules in the original CubeMig's shape",
        permission: cubemigRuleReadPermission,
        answer: originalConfigSchema,
      },
      async () => ({ config: (await list()).map(({ original }) => original) }),
    ),
    route(
      'POST /config',
      {
        summary: "Add a rule in the original CubeMig's shape",
        description:
          'The original acted by itself; this asks for approval until the rule is changed.',
        permission: cubemigRuleWritePermission,
        body: originalRuleSchema,
        answer: z.object({ message: z.string() }),
        audit: { eventId: 'response-rule-create', severityLevel: 'medium' },
      },
      async ({ body, caller, audited }) => {
        const [rule] = await rules.add(
          [fromOriginal(body, 'approve')],
          access.nameOf(caller),
        );
        audited.rule = rule.id;
        return { message: 'New rule added successfully' };
      },
    ),
    route(
      'DELETE /config/:index',
      {
        summary: 'Delete a rule by its place in GET /config, from 0',
        permission: cubemigRuleWritePermission,
        answer: z.object({
          message: z.string(),
          deleted_rule: originalRuleSchema,
        }),
        audit: { eventId: 'response-rule-delete', severityLevel: 'medium' },
      },
      async ({ params: { index }, caller, audited }) => {
        const found = /^\d{1,6}$/.test(index)
          ? (await list())[Number(index)]
          : undefined;
        if (!found) throw new NotFoundError(`Index '${index}' out of range`);
        await rules.delete(found.id, access.nameOf(caller));
        audited.rule = found.id;
        return {
          message: `Rule at index '${index}' deleted successfully`,
          deleted_rule: found.original,
        };
      },
    ),
  ];
}
