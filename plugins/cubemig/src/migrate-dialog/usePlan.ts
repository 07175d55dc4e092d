import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useState } from 'react';
import { MigrationRequest, Plan } from '@cubemig/plugin-cubemig-common';
import { cubemigApiRef } from '../api';
import { readRefusal, Refusal } from '../problem';
import { useWords } from '../translation';

/** A plan on its way, made, or refused. */
export interface Planned {
  value?: Plan;
  isLoading: boolean;
  refusal?: Refusal;
  /** Makes it anew: the world may have changed. */
  again(): void;
}

interface Answer {
  /** What it answers. */
  key?: string;
  value?: Plan;
  error?: unknown;
}

/** The plan for a request; without one nothing is asked, and the last answer stays: it says which field to change. */
export function usePlan(request: MigrationRequest | undefined): Planned {
  const t = useWords();
  const api = useApi(cubemigApiRef);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer>({});
  // The reason changes nothing of what is done.
  const asked = request && JSON.stringify({ ...request, reason: undefined });
  const key = asked && `${round} ${asked}`;

  useEffect(() => {
    if (!asked) return undefined;
    let isCurrent = true;
    const keep = (outcome: Answer) =>
      isCurrent && setAnswer({ key, ...outcome });
    api.migrations.plan(JSON.parse(asked)).then(
      value => keep({ value }),
      error => keep({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [api, asked, key]);

  const again = useCallback(() => setRound(previous => previous + 1), []);
  const isLoading = key !== undefined && key !== answer.key;
  if (isLoading) return { isLoading, again };
  const { value, error } = answer;
  const refusal = error === undefined ? undefined : readRefusal(error, t);
  return { value, refusal, isLoading, again };
}
