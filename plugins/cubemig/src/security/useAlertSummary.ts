import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { ALERTS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { AlertFields, filterOf } from './alertFields';

const CALM = 10_000;

/** Counts of the alerts that the filters let through. */
export function useAlertSummary(fields: AlertFields) {
  const { alerts } = useApi(cubemigApiRef);
  const load = useCallback(
    () => alerts.summarize(filterOf(fields, new Date())),
    [alerts, fields],
  );
  return useLive(load, CALM, ALERTS_CHANNEL);
}
