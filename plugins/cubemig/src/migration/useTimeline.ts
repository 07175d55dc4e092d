import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';

const BUSY = 2000;

/** A migration's timeline, followed while the migration is under way. */
export function useTimeline(id: string, isUnderWay: boolean) {
  const api = useApi(cubemigApiRef);
  const load = useCallback(() => api.migrations.getTimeline(id), [api, id]);
  return useLive(load, isUnderWay ? BUSY : undefined, MIGRATIONS_CHANNEL, id);
}
