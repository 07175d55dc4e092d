import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { Migration } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { usePolling } from '../polling';
import { isActive } from './progress';

const LIVE = 1000;

/** A migration, followed until it has come to its end. */
export function useMigration(id: string) {
  const api = useApi(cubemigApiRef);
  const [finished, setFinished] = useState<string>();
  const load = useCallback(async (): Promise<Migration> => {
    const migration = await api.getMigration(id);
    setFinished(isActive(migration) ? undefined : id);
    return migration;
  }, [api, id]);
  return usePolling(load, finished === id ? undefined : LIVE);
}
