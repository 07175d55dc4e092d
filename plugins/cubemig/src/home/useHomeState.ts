import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import {
  ALERTS_CHANNEL,
  MIGRATIONS_CHANNEL,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAlsoLive, useLive } from '../live';
import { unlessDenied } from '../problem';

const CALM = 15_000;

/** How much of a list a widget shows. */
const LIMIT = 3;

/** What needs somebody: open alerts, decisions that wait, migrations on their way. What a user may not see is undefined. */
export function useHomeState() {
  const { alerts, migrations, response } = useApi(cubemigApiRef);
  const load = useCallback(async () => {
    const [open, awaiting, running] = await Promise.all([
      unlessDenied(alerts.summarize({ status: 'open', kind: 'alert' })),
      unlessDenied(
        response.listDecisions({ status: 'awaiting-approval', limit: LIMIT }),
      ),
      unlessDenied(
        migrations.list({
          status: 'running,undoing,queued',
          order: 'asc',
          limit: LIMIT,
        }),
      ),
    ]);
    return { open, awaiting, running };
  }, [alerts, migrations, response]);
  const polled = useLive(load, CALM, ALERTS_CHANNEL);
  useAlsoLive(polled, MIGRATIONS_CHANNEL);
  return polled;
}
