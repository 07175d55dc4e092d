import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useMemo, useState } from 'react';
import { MIGRATIONS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';
import { isActive } from '../migration';

const CALM = 10_000;
const BUSY = 2000;
const LIMIT = 100;

/** The entity's migrations, newest first, and which of them are under way. */
export function useEntityMigrations(entityRef: string) {
  const api = useApi(cubemigApiRef);
  const [isBusy, setBusy] = useState(false);
  const load = useCallback(async () => {
    const { items } = await api.migrations.list({ entityRef, limit: LIMIT });
    setBusy(items.some(isActive));
    return items;
  }, [api, entityRef]);
  const polled = useLive(load, isBusy ? BUSY : CALM, MIGRATIONS_CHANNEL);
  const active = useMemo(
    () => polled.value?.filter(isActive) ?? [],
    [polled.value],
  );
  return { ...polled, active };
}
