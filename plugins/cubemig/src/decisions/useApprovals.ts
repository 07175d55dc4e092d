import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { ALERTS_CHANNEL } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';

const CALM = 10_000;
const LIMIT = 50;

/** The decisions that wait for approval, newest first. */
export function useApprovals() {
  const { response } = useApi(cubemigApiRef);
  const load = useCallback(
    () => response.listDecisions({ status: 'awaiting-approval', limit: LIMIT }),
    [response],
  );
  return useLive(load, CALM, ALERTS_CHANNEL);
}
