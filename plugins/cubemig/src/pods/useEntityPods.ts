import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { cubemigApiRef } from '../api';
import { usePolling } from '../polling';

const CALM = 5000;
const BUSY = 2000;

/** The entity's pods by cluster, asked for more often while a migration moves one of them. */
export function useEntityPods(entityRef: string, isMigrating: boolean) {
  const api = useApi(cubemigApiRef);
  const load = useCallback(
    () => api.clusters.listEntityPods(entityRef),
    [api, entityRef],
  );
  return usePolling(load, isMigrating ? BUSY : CALM);
}
