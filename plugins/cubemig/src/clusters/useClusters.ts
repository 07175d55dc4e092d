import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo } from 'react';
import { cubemigApiRef } from '../api';
import { usePolling } from '../polling';

const CALM = 60_000;

/** The clusters, and their names for a list to choose from. */
export function useClusters() {
  const api = useApi(cubemigApiRef);
  const load = useCallback(() => api.clusters.list(), [api]);
  const polled = usePolling(load, CALM);
  const options = useMemo(
    () =>
      (polled.value ?? []).map(({ name, title }) => ({
        value: name,
        title: title ?? name,
      })),
    [polled.value],
  );
  return { ...polled, options };
}
