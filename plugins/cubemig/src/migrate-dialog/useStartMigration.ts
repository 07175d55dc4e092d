import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { Migration, MigrationRequest } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { readRefusal, Refusal } from '../problem';

/** Sends a migration's request; keeps what the backend said if it refused. */
export function useStartMigration(onStarted: (migration: Migration) => void) {
  const api = useApi(cubemigApiRef);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();

  const start = useCallback(
    async (request: MigrationRequest) => {
      setBusy(true);
      setRefusal(undefined);
      const migration = await api.startMigration(request).catch(error => {
        setRefusal(readRefusal(error));
        return undefined;
      });
      setBusy(false);
      if (migration) onStarted(migration);
    },
    [api, onStarted],
  );

  return { start, isBusy, refusal };
}
