import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import {
  ALERTS_CHANNEL,
  MIGRATIONS_CHANNEL,
} from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { useAlsoLive, useLive } from '../live';
import { unlessDenied } from '../problem';
import { findAnswer, readProgress } from './readProgress';

const BUSY = 3000;
const LIMIT = 50;

/** Follows how far a newcomer is, by what has really happened; undefined to who may not see all of it. */
export function useProgress(hasRead: boolean) {
  const { migrations, simulations, response, forensics } =
    useApi(cubemigApiRef);
  const load = useCallback(async () => {
    const progress = await unlessDenied(read());
    return { progress };

    async function read() {
      const [moves, attacks] = await Promise.all([
        migrations.list({ trigger: 'user', mode: 'move', limit: LIMIT }),
        simulations.getSimulations({ limit: LIMIT }),
      ]);
      const first = attacks[attacks.length - 1];
      const decisions = first
        ? await response.listDecisions({ since: first.startedAt, limit: LIMIT })
        : { items: [] };
      const happenings = {
        moves: moves.items,
        simulations: attacks,
        decisions: decisions.items,
      };
      const { migration } = findAnswer(happenings) ?? {};
      const reports = migration ? await forensics.getReports(migration) : [];
      return readProgress(happenings, reports, hasRead);
    }
  }, [migrations, simulations, response, forensics, hasRead]);
  const polled = useLive(load, BUSY, ALERTS_CHANNEL);
  useAlsoLive(polled, MIGRATIONS_CHANNEL);
  return polled;
}
