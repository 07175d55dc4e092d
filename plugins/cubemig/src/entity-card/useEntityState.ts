import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import {
  ALERTS_CHANNEL,
  MIGRATIONS_CHANNEL,
  severities,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAlsoLive, useLive } from '../live';
import { unlessDenied } from '../problem';

const CALM = 30_000;

/** An entity's last migration, its open alerts and its worst finding; what a user may not see is undefined. */
export function useEntityState(entityRef: string) {
  const api = useApi(cubemigApiRef);
  const load = useCallback(async () => {
    const [migrations, alerts, finding] = await Promise.all([
      unlessDenied(api.migrations.list({ entityRef, limit: 1 })),
      unlessDenied(
        api.alerts.list({ entityRef, status: 'open', kind: 'alert', limit: 1 }),
      ),
      unlessDenied(worstFindingOf(entityRef)),
    ]);
    return {
      migrations,
      openAlerts: alerts?.total,
      finding,
    };

    async function worstFindingOf(entity: string) {
      const { items } = await api.forensics.getFindings({
        entityRef: entity,
        limit: 100,
      });
      const [worst] = [...items].sort(
        (a, b) =>
          severities.indexOf(b.finding.severity) -
          severities.indexOf(a.finding.severity),
      );
      return { worst };
    }
  }, [api, entityRef]);
  const polled = useLive(load, CALM, MIGRATIONS_CHANNEL);
  useAlsoLive(polled, ALERTS_CHANNEL);
  return polled;
}
