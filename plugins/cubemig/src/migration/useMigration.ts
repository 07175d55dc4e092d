import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { Migration, MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { isActive } from './progress';

const BUSY = 1000;

/** A migration, followed until it has come to its end. */
export function useMigration(id: string) {
  const api = useApi(cubemigApiRef);
  const [finished, setFinished] = useState<string>();
  const load = useCallback(async (): Promise<Migration> => {
    const migration = await api.migrations.get(id);
    setFinished(isActive(migration) ? undefined : id);
    return migration;
  }, [api, id]);
  return useLive(
    load,
    finished === id ? undefined : BUSY,
    MIGRATIONS_CHANNEL,
    id,
  );
}
