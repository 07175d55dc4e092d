import { NotFoundError } from '@backstage/errors';
import {
  alertDetailSchema,
  alertFilterSchema,
  alertPageSchema,
  alertQuerySchema,
  alertSummarySchema,
  cubemigAlertReadPermission,
  occurrencePageSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { AlertReader, listLineage } from '../alerts';
import { MigrationHistory } from '../alerts';
import { kubernetesIdOf } from '../pods';
import { DecisionStore } from '../response';
import { Entities } from './Entities';
import { Caller, Route, route } from './route';

const permission = cubemigAlertReadPermission;

const summaryQuerySchema = alertFilterSchema.extend({
  /** How wide the buckets over time are. By default such that there are about 60. */
  bucketSeconds: z.coerce.number().int().min(60).max(31_536_000).optional(),
});

/** Alerts and what came of them. */
export function createAlertRoutes(options: {
  alerts: AlertReader;
  decisions: DecisionStore;
  entities: Entities;
  history: MigrationHistory;
}): Route[] {
  const { alerts, decisions, entities, history } = options;

  /** An entity's alerts are those of the pods that carry its label, if the caller may see the entity. */
  async function select<T extends { entityRef?: string }>(
    { entityRef, ...filter }: T,
    caller: Caller,
  ) {
    const kubernetesId =
      entityRef && kubernetesIdOf(await entities.read(entityRef, caller));
    return { ...filter, kubernetesId };
  }

  /** @throws NotFoundError */
  async function read(id: string) {
    const alert = await alerts.get(id);
    if (!alert) throw new NotFoundError(`There is no alert '${id}'`);
    return alert;
  }

  return [
    route(
      'GET /alerts',
      {
        summary: 'List alerts',
        permission,
        query: alertQuerySchema,
        answer: alertPageSchema,
      },
      async ({ query: { sort, order, cursor, limit, ...filter }, caller }) =>
        alerts.list(await select(filter, caller), {
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
      async ({ query: { bucketSeconds, ...filter }, caller }) =>
        alerts.summarize(await select(filter, caller), bucketSeconds),
    ),
    route(
      'GET /alerts/:id',
      {
        summary: 'Show an alert, what was decided, and its migrations',
        permission,
        answer: alertDetailSchema,
      },
      async ({ params: { id } }) => {
        const alert = await read(id);
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
      async ({ params: { id }, query: { cursor } }) => {
        await read(id);
        return alerts.listOccurrences(id, cursor);
      },
    ),
  ];
}
