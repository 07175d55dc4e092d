import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { cubemigApiRef } from '../api';
import { usePolling } from '../polling';

const BUSY = 1500;
const CALM = 15_000;
const LIMIT = 50;

/** The newest simulations, asked for more often while one runs. */
export function useSimulations() {
  const { simulations } = useApi(cubemigApiRef);
  const [isBusy, setBusy] = useState(false);
  const load = useCallback(async () => {
    const items = await simulations.getSimulations({ limit: LIMIT });
    setBusy(items.some(({ status }) => status === 'running'));
    return items;
  }, [simulations]);
  return usePolling(load, isBusy ? BUSY : CALM);
}
