import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  alertAcknowledgementSchema,
  alertClosureSchema,
  alertDetailSchema,
  alertFilterSchema,
  alertPageSchema,
  AlertHandling,
  alertQuerySchema,
  alertSchema,
  alertSummarySchema,
  cubemigAlertHandlePermission,
  cubemigAlertReadPermission,
  occurrencePageSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { AlertReader, AlertStore, listLineage } from '../alerts';
import { MigrationHistory } from '../alerts';
import { kubernetesIdOf } from '../pods';
import { DecisionStore } from '../response';
import { Access } from './Access';
import { Entities } from './Entities';
import { Caller, RequireFor, Route, route } from './route';

const permission = cubemigAlertReadPermission;

const summaryQuerySchema = alertFilterSchema.extend({
  /** How wide the buckets over time are. By default such that there are about 60. */
  bucketSeconds: z.coerce.number().int().min(60).max(31_536_000).optional(),
});

/** Alerts and what came of them. */
export function createAlertRoutes(options: {
  access: Access;
  alerts: AlertReader;
  store: Pick<AlertStore, 'handle'>;
  decisions: DecisionStore;
  entities: Entities;
  history: MigrationHistory;
  /** Told of an alert about which a person has done something. */
  onHandled: (alert: string) => void;
}): Route[] {
  const { access, alerts, decisions, entities, history } = options;

  /** An entity's alerts are those of the pods that carry its label, if the caller may see the entity. */
  async function select<T extends { entityRef?: string }>(
    { entityRef, ...filter }: T,
    { caller, requireFor }: { caller: Caller; requireFor: RequireFor },
  ) {
    await requireFor(entityRef);
    const kubernetesId =
      entityRef && kubernetesIdOf(await entities.read(entityRef, caller));
    return { ...filter, kubernetesId };
  }

  /** @throws NotFoundError, NotAllowedError */
  async function read(id: string, requireFor: RequireFor) {
    const alert = await alerts.get(id);
    if (!alert) throw new NotFoundError(`There is no alert '${id}'`);
    await requireFor(alert.entityRef);
    return alert;
  }

  async function handle(
    id: string,
    state: AlertHandling,
    { reason, caller }: { reason?: string; caller: Caller },
  ) {
    const by = access.nameOf(caller);
    const isHandled = await options.store.handle(id, { state, by, reason });
    const alert = await alerts.get(id);
    if (!alert) throw new NotFoundError(`There is no alert '${id}'`);
    if (!isHandled) {
      throw new ConflictError(
        `${alert.handling?.by} has closed this alert already; reload it`,
      );
    }
    options.onHandled(id);
    return alert;
  }

  return [
    route(
      'GET /alerts',
      {
        summary: 'List alerts',
        description:
          'With entityRef, those of its pods; without, only for who may read the alerts of all.',
        permission,
        query: alertQuerySchema,
        answer: alertPageSchema,
      },
      async ({ query: { sort, order, cursor, limit, ...filter }, ...call }) =>
        alerts.list(await select(filter, call), {
          sort,
          order,
          cursor,
          limit,
        }),
    ),
    route(
      'GET /alerts/summary',
      {
        summary: 'Count alerts for a dashboard',
        permission,
        query: summaryQuerySchema,
        answer: alertSummarySchema,
      },
      async ({ query: { bucketSeconds, ...filter }, ...call }) =>
        alerts.summarize(await select(filter, call), bucketSeconds),
    ),
    route(
      'GET /alerts/:id',
      {
        summary: 'Show an alert, what was decided, and its migrations',
        permission,
        answer: alertDetailSchema,
      },
      async ({ params: { id }, requireFor }) => {
        const alert = await read(id, requireFor);
        const [occurrences, decided] = await Promise.all([
          alerts.listOccurrences(id),
          decisions.listOfAlert(id),
        ]);
        return {
          ...alert,
          latestOccurrences: occurrences.items,
          decisions: decided,
          lineage: await listLineage(
            history,
            alert,
            decided.flatMap(({ migration }) => migration ?? []),
          ),
        };
      },
    ),
    route(
      'GET /alerts/:id/occurrences',
      {
        summary: "List an alert's occurrences, as they came in",
        permission,
        query: z.strictObject({ cursor: z.string().max(512).optional() }),
        answer: occurrencePageSchema,
      },
      async ({ params: { id }, query: { cursor }, requireFor }) => {
        await read(id, requireFor);
        return alerts.listOccurrences(id, cursor);
      },
    ),
    route(
      'POST /alerts/:id/acknowledge',
      {
        summary: 'Tell others that somebody is at an alert',
        description:
          'Whoever does so last is shown. Refused (409) once it was closed by hand.',
        permission: cubemigAlertHandlePermission,
        body: alertAcknowledgementSchema,
        answer: alertSchema,
        audit: { eventId: 'alert-acknowledge', severityLevel: 'low' },
      },
      async ({ params: { id }, body: { reason }, caller, requireFor }) => {
        await read(id, requireFor);
        return handle(id, 'acknowledged', { reason, caller });
      },
    ),
    route(
      'POST /alerts/:id/close',
      {
        summary: 'Close an alert, and say why',
        description:
          'What fires again opens a new alert, about which the rules are asked anew. Refused (409) if it was closed by hand before.',
        permission: cubemigAlertHandlePermission,
        body: alertClosureSchema,
        answer: alertSchema,
        audit: { eventId: 'alert-close', severityLevel: 'medium' },
      },
      async ({ params: { id }, body: { reason }, caller, requireFor }) => {
        await read(id, requireFor);
        return handle(id, 'closed', { reason, caller });
      },
    ),
  ];
}
