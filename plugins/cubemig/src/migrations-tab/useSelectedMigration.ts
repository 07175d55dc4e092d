import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

const PARAMETER = 'migration';

/** The migration that is shown, kept in the URL so that it can be sent to somebody else. */
export function useSelectedMigration() {
  const [search, setSearch] = useSearchParams();
  const select = useCallback(
    (id: string | undefined) =>
      setSearch(
        previous => {
          const next = new URLSearchParams(previous);
          if (id) next.set(PARAMETER, id);
          else next.delete(PARAMETER);
          return next;
        },
        { preventScrollReset: true },
      ),
    [setSearch],
  );
  return { selected: search.get(PARAMETER) ?? undefined, select };
}
