import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, useState } from 'react';
import { cubemigApiRef } from '../api';
import { isActive } from '../migration';
import { usePolling } from '../polling';

const CALM = 10_000;
const BUSY = 2000;
const LIMIT = 100;

/** The entity's migrations, newest first, and which of them are under way. */
export function useEntityMigrations(entityRef: string) {
  const api = useApi(cubemigApiRef);
  const [isBusy, setBusy] = useState(false);
  const load = useCallback(async () => {
    const migrations = await api.getMigrations({ entityRef, limit: LIMIT });
    setBusy(migrations.some(isActive));
    return migrations;
  }, [api, entityRef]);
  const polled = usePolling(load, isBusy ? BUSY : CALM);
  const active = useMemo(
    () => polled.value?.filter(isActive) ?? [],
    [polled.value],
  );
  return { ...polled, active };
}
