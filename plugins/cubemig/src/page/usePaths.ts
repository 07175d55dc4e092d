import { useRouteRef } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { rootRouteRef } from '../routes';

/** Where CubeMig's pages lie; undefined in an app that shows none of them. */
export function usePaths() {
  const base = useBase();
  return useMemo(
    () => (base === undefined ? undefined : pathsIn(base)),
    [base],
  );
}

function pathsIn(base: string) {
  const below = (tab: string, id?: string) =>
    `${base}/${tab}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  return {
    security: below('security'),
    alert: (id: string) => below('security/alerts', id),
    migrations: below('migrations'),
    migration: (id: string) => below('migrations', id),
    clusters: below('clusters'),
    rules: below('rules'),
    simulation: below('simulation'),
    docs: (name?: string) => below('docs', name),
  };
}

function useBase(): string | undefined {
  try {
    return useRouteRef(rootRouteRef)();
  } catch {
    return undefined;
  }
}
