import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { MIGRATIONS_CHANNEL, severities } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useLive } from '../live';

const CALM = 30_000;

/** An entity's last migration, its open alerts and its worst finding; what a user may not see is undefined. */
export function useEntityState(entityRef: string) {
  const api = useApi(cubemigApiRef);
  const load = useCallback(async () => {
    const [migrations, alerts, findings] = await Promise.allSettled([
      api.migrations.list({ entityRef, limit: 1 }),
      api.alerts.list({ entityRef, status: 'open', kind: 'alert', limit: 1 }),
      worstFindingOf(entityRef),
    ]);
    // Alerts and findings have permissions of their own; without migrations there is nothing to show.
    if (migrations.status === 'rejected') throw migrations.reason;
    return {
      migration: migrations.value.items[0],
      openAlerts:
        alerts.status === 'fulfilled' ? alerts.value.total : undefined,
      finding:
        findings.status === 'fulfilled' ? { worst: findings.value } : undefined,
    };

    async function worstFindingOf(entity: string) {
      const { items } = await api.forensics.getFindings({
        entityRef: entity,
        limit: 100,
      });
      return [...items].sort(
        (a, b) =>
          severities.indexOf(b.finding.severity) -
          severities.indexOf(a.finding.severity),
      )[0];
    }
  }, [api, entityRef]);
  return useLive(load, CALM, MIGRATIONS_CHANNEL);
}
