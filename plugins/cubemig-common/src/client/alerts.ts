import {
  Alert,
  AlertDetail,
  alertDetailSchema,
  AlertFilter,
  AlertPage,
  alertPageSchema,
  AlertQuery,
  alertSchema,
  AlertSummary,
  alertSummarySchema,
  OccurrencePage,
  occurrencePageSchema,
} from '../schema/alerts';
import { ApiConnection, ask, toQuery, withJson } from './ApiConnection';

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
  /** Tells others that the caller is at it. @throws ResponseError 409 if it was closed by hand */
  acknowledge(id: string, reason?: string): Promise<Alert>;
  /** Ends it: what fires again opens a new alert. @throws ResponseError 409 if it was closed by hand */
  close(id: string, reason: string): Promise<Alert>;
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
    acknowledge: (id, reason) =>
      ask(
        connection,
        alertSchema,
        `${pathOf(id)}/acknowledge`,
        withJson('POST', { reason }),
      ),
    close: (id, reason) =>
      ask(
        connection,
        alertSchema,
        `${pathOf(id)}/close`,
        withJson('POST', { reason }),
      ),
  };
}

function pathOf(id: string) {
  return `/alerts/${encodeURIComponent(id)}`;
}
