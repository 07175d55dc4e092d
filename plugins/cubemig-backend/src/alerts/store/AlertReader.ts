import {
  Alert,
  AlertPage,
  AlertSummary,
  OccurrencePage,
  ParsedAlertFilter,
  ParsedAlertQuery,
} from '@cubemig/plugin-cubemig-common';

/** A filter in which the entity was looked up: its pods carry this as their label `backstage.io/kubernetes-id`. */
export type AlertSelection = Omit<ParsedAlertFilter, 'entityRef'> & {
  kubernetesId?: string;
};

/** Alerts, as pages show them. */
export interface AlertReader {
  list(
    selection: AlertSelection,
    page: Pick<ParsedAlertQuery, 'sort' | 'order' | 'cursor' | 'limit'>,
  ): Promise<AlertPage>;
  summarize(
    selection: AlertSelection,
    bucketSeconds?: number,
  ): Promise<AlertSummary>;
  get(id: string): Promise<Alert | undefined>;
  /** Newest first. */
  listOccurrences(id: string, cursor?: string): Promise<OccurrencePage>;
}
