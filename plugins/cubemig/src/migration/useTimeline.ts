import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { cubemigApiRef } from '../api';
import { usePolling } from '../polling';

const LIVE = 2000;

/** A migration's timeline, followed while the migration is under way. */
export function useTimeline(id: string, isUnderWay: boolean) {
  const api = useApi(cubemigApiRef);
  const load = useCallback(() => api.getTimeline(id), [api, id]);
  return usePolling(load, isUnderWay ? LIVE : undefined);
}
