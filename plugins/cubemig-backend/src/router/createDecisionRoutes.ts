import { NotFoundError } from '@backstage/errors';
import {
  cubemigAlertReadPermission,
  cubemigDecisionApprovePermission,
  cubemigResponseSwitchPermission,
  cubemigRuleReadPermission,
  decisionCommentSchema,
  decisionPageSchema,
  decisionQuerySchema,
  decisionSchema,
  responseSwitchInputSchema,
  responseSwitchSchema,
} from '@cubemig/plugin-cubemig-common';
import { kubernetesIdOf } from '../pods';
import { DecisionStore } from '../response';
import { Access } from './Access';
import { Entities } from './Entities';
import { Caller, Route, route } from './route';

const permission = cubemigAlertReadPermission;

/** What was decided about alerts, approvals, and the switch over all of it. */
export function createDecisionRoutes(options: {
  access: Access;
  decisions: DecisionStore;
  entities: Entities;
  /** Told that a person has approved or rejected something. */
  onSettled: (decision: string) => void;
}): Route[] {
  const { access, decisions, entities, onSettled } = options;

  async function settle(
    id: string,
    isApproved: boolean,
    caller: Caller,
    comment?: string,
  ) {
    const actor = access.nameOf(caller);
    const decision = await decisions.settle(id, { isApproved, actor, comment });
    onSettled(id);
    return decision;
  }

  return [
    route(
      'GET /decisions',
      {
        summary: 'List decisions, newest first',
        permission,
        query: decisionQuerySchema,
        answer: decisionPageSchema,
      },
      async ({ query: { entityRef, ...filter }, caller, requireFor }) => {
        await requireFor(entityRef);
        const kubernetesId =
          entityRef && kubernetesIdOf(await entities.read(entityRef, caller));
        return decisions.list({ ...filter, kubernetesId });
      },
    ),
    route(
      'GET /decisions/:id',
      { summary: 'Show a decision', permission, answer: decisionSchema },
      async ({ params: { id }, requireFor }) => {
        const decision = await decisions.get(id);
        if (!decision) throw new NotFoundError(`There is no decision '${id}'`);
        await requireFor(decision.entityRef);
        return decisionSchema.parse(decision);
      },
    ),
    ...(['approve', 'reject'] as const).map(verb =>
      route(
        `POST /decisions/:id/${verb}`,
        {
          summary: `${
            verb === 'approve' ? 'Approve' : 'Reject'
          } what a rule asks to do`,
          description: 'Refused (409) if it does not wait for that any more.',
          permission: cubemigDecisionApprovePermission,
          body: decisionCommentSchema,
          answer: decisionSchema,
          audit: { eventId: `decision-${verb}`, severityLevel: 'medium' },
        },
        async ({ params: { id }, body: { comment }, caller }) =>
          settle(id, verb === 'approve', caller, comment),
      ),
    ),
    route(
      'GET /response/switch',
      {
        summary: 'Whether automatic responses are switched on',
        permission: cubemigRuleReadPermission,
        answer: responseSwitchSchema,
      },
      async () => decisions.getSwitch(),
    ),
    route(
      'PUT /response/switch',
      {
        summary: 'Switch all automatic responses off or on',
        description:
          'Alerts are still stored and decisions written down; what is under way goes on.',
        permission: cubemigResponseSwitchPermission,
        body: responseSwitchInputSchema,
        answer: responseSwitchSchema,
        audit: { eventId: 'response-switch', severityLevel: 'high' },
      },
      async ({ body: { isOn, reason }, caller }) =>
        decisions.setSwitch(isOn, access.nameOf(caller), reason),
    ),
  ];
}
