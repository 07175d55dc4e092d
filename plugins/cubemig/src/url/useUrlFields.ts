import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Fields that say where in a list somebody is: they mean nothing once the list is another one. */
const PLACE = ['cursor', 'page'];

/** Lists that stand beside others have a page of their own, for example `leftPage`. */
const isPlace = (name: string) => /cursor$|page$/i.test(name);

/**
 * What a page's user has chosen, kept in the URL so that it survives a reload and can be sent to somebody else.
 *
 * @returns the fields that are set, and a function that changes some of them (undefined or empty takes one away)
 */
export function useUrlFields<K extends string>(names: readonly K[]) {
  const [search, setSearch] = useSearchParams();
  const key = search.toString();
  const fields = useMemo(() => {
    const given = new URLSearchParams(key);
    return Object.fromEntries(
      names.flatMap(name => {
        const value = given.get(name);
        return value ? [[name, value]] : [];
      }),
    ) as Partial<Record<K, string>>;
    // Names are written down in the code: only the URL changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);

  const setFields = useCallback(
    (changes: Partial<Record<K, string | undefined>>) => {
      const changed = Object.keys(changes);
      const isMove = changed.length > 0 && changed.every(isPlace);
      setSearch(
        previous => {
          const next = new URLSearchParams(previous);
          if (!isMove) PLACE.forEach(name => next.delete(name));
          for (const name of changed) {
            const value = changes[name as K];
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        // Turning a page is a way to go back on; a filter is not.
        { replace: !isMove, preventScrollReset: true },
      );
    },
    [setSearch],
  );
  return [fields, setFields] as const;
}
