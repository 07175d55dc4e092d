import {
  AlertDetail,
  alertDetailSchema,
  AlertFilter,
  AlertPage,
  alertPageSchema,
  AlertQuery,
  AlertSummary,
  alertSummarySchema,
  OccurrencePage,
  occurrencePageSchema,
} from '../schema/alerts';
import { ApiConnection, ask, toQuery } from './ApiConnection';

/** Falco's alerts. */
export interface AlertsApi {
  list(query?: AlertQuery): Promise<AlertPage>;
  /**
   * Counts for a dashboard.
   *
   * @param bucketSeconds - how wide the buckets over time are; by default such that there are about 60
   */
  summarize(
    filter?: AlertFilter,
    bucketSeconds?: number,
  ): Promise<AlertSummary>;
  get(id: string): Promise<AlertDetail>;
  /** Newest first, 50 a page. */
  listOccurrences(id: string, cursor?: string): Promise<OccurrencePage>;
}

export function createAlertsApi(connection: ApiConnection): AlertsApi {
  return {
    list: (query = {}) =>
      ask(connection, alertPageSchema, `/alerts${toQuery(query)}`),
    summarize: (filter = {}, bucketSeconds) =>
      ask(
        connection,
        alertSummarySchema,
        `/alerts/summary${toQuery({ ...filter, bucketSeconds })}`,
      ),
    get: id => ask(connection, alertDetailSchema, pathOf(id)),
    listOccurrences: (id, cursor) =>
      ask(
        connection,
        occurrencePageSchema,
        `${pathOf(id)}/occurrences${toQuery({ cursor })}`,
      ),
  };
}

function pathOf(id: string) {
  return `/alerts/${encodeURIComponent(id)}`;
}
