import { InputError, NotFoundError } from '@backstage/errors';
import {
  cubemigAlertReadPermission,
  cubemigRuleReadPermission,
  cubemigRuleWritePermission,
  falcoRuleSchema,
  originalConfigSchema,
  responseRuleSchema,
  ruleImportSchema,
  RuleInput,
  ruleInputSchema,
  ruleOrderSchema,
  ruleRehearsalSchema,
  ruleRevisionSchema,
  ruleTestResultSchema,
  ruleTestSchema,
  ruleUpdateSchema,
} from '@cubemig/plugin-cubemig-common';
import {
  falcoRules,
  fromOriginal,
  ResponseActions,
  RuleBench,
  RuleStore,
  toOriginal,
} from '../response';
import { Access } from './Access';
import { itemsOf } from './itemsOf';
import { Caller, Route, route } from './route';

const RULES = '/response/rules';
const RULE = `${RULES}/:id`;
const read = cubemigRuleReadPermission;
const write = cubemigRuleWritePermission;

const audit = (eventId: string) =>
  ({ eventId, severityLevel: 'medium' } as const);

/** What is to be done about which alerts. */
export function createRuleRoutes(options: {
  access: Access;
  actions: ResponseActions;
  bench: RuleBench;
  rules: RuleStore;
}): Route[] {
  const { access, actions, bench, rules } = options;

  /** @throws InputError if there is no such action */
  function check<T extends RuleInput>(rule: T): T {
    if (actions.get(rule.action)) return rule;
    throw new InputError(
      `action: there is no '${rule.action}'; choose one of ${actions
        .names()
        .join(', ')}`,
    );
  }

  /** What a rule matches tells of alerts. @throws NotAllowedError */
  const requireAlerts = (caller: Caller) =>
    access.requireFor(caller, cubemigAlertReadPermission, undefined);

  return [
    route(
      `GET ${RULES}`,
      {
        summary: 'List response rules, in the order in which they are asked',
        permission: read,
        answer: itemsOf(responseRuleSchema),
      },
      async () => ({ items: await rules.list() }),
    ),
    route(
      `POST ${RULES}`,
      {
        summary: 'Add a response rule at the end',
        permission: write,
        body: ruleInputSchema,
        answer: responseRuleSchema,
        status: 201,
        audit: audit('response-rule-create'),
      },
      async ({ body, caller, audited }) => {
        const [rule] = await rules.add([check(body)], access.nameOf(caller));
        audited.rule = rule.id;
        return rule;
      },
    ),
    route(
      `GET ${RULES}/export`,
      {
        summary: "Export rules in the original CubeMig's shape",
        description: 'Rules that it cannot express are left out.',
        permission: read,
        answer: originalConfigSchema,
      },
      async () => ({
        config: (await rules.list()).flatMap(rule => toOriginal(rule) ?? []),
      }),
    ),
    route(
      `POST ${RULES}/import`,
      {
        summary: "Add rules in the original CubeMig's shape, at the end",
        description: 'As dry runs, unless the request says otherwise.',
        permission: write,
        body: ruleImportSchema,
        answer: itemsOf(responseRuleSchema),
        status: 201,
        audit: audit('response-rule-import'),
      },
      async ({ body: { config, mode }, caller }) => ({
        items: await rules.add(
          config.map(original => fromOriginal(original, mode)),
          access.nameOf(caller),
        ),
      }),
    ),
    route(
      `PUT ${RULES}/order`,
      {
        summary: 'Order the response rules',
        permission: write,
        body: ruleOrderSchema,
        answer: itemsOf(responseRuleSchema),
        audit: audit('response-rule-order'),
      },
      async ({ body: { ids } }) => ({ items: await rules.order(ids) }),
    ),
    route(
      `POST ${RULES}/test`,
      {
        summary: 'Try rules on an alert',
        description: 'Nothing is decided or done.',
        permission: read,
        // A pasted alert may be as long as one that is sent.
        body: ruleTestSchema,
        answer: ruleTestResultSchema,
      },
      async ({ body, caller }) => {
        if (body.alert) await requireAlerts(caller);
        return bench.test(body);
      },
    ),
    route(
      `POST ${RULES}/rehearse`,
      {
        summary: 'What a rule would have matched in the last 7 days',
        permission: read,
        body: ruleInputSchema,
        answer: ruleRehearsalSchema,
      },
      async ({ body, caller }) => {
        await requireAlerts(caller);
        return bench.rehearse(body);
      },
    ),
    route(
      `GET ${RULE}`,
      {
        summary: 'Show a response rule',
        permission: read,
        answer: responseRuleSchema,
      },
      async ({ params: { id } }) => {
        const rule = await rules.get(id);
        if (!rule) throw new NotFoundError(`There is no response rule '${id}'`);
        return rule;
      },
    ),
    route(
      `PUT ${RULE}`,
      {
        summary: 'Change a response rule',
        description: 'Refused (409) if somebody has changed it since.',
        permission: write,
        body: ruleUpdateSchema,
        answer: responseRuleSchema,
        audit: audit('response-rule-update'),
      },
      async ({ params: { id }, body: { revision, rule }, caller }) =>
        rules.update(id, revision, check(rule), access.nameOf(caller)),
    ),
    route(
      `DELETE ${RULE}`,
      {
        summary: 'Delete a response rule',
        permission: write,
        audit: audit('response-rule-delete'),
      },
      async ({ params: { id }, caller }) => {
        await rules.delete(id, access.nameOf(caller));
      },
    ),
    route(
      `GET ${RULE}/revisions`,
      {
        summary: 'List all that a response rule ever was',
        permission: read,
        answer: itemsOf(ruleRevisionSchema),
      },
      async ({ params: { id } }) => ({ items: await rules.listRevisions(id) }),
    ),
    route(
      'GET /response/falco-rules',
      {
        summary: "List Falco's stable rules that matter for containers",
        permission: read,
        answer: itemsOf(falcoRuleSchema),
      },
      async () => ({ items: falcoRules }),
    ),
  ];
}
