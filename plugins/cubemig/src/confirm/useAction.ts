import { useCallback, useState } from 'react';
import { readRefusal } from '../problem';
import { useWords } from '../translation';

/** Does something once at a time; keeps what the backend said if it refused. */
export function useAction<A extends unknown[], T>(
  act: (...args: A) => Promise<T>,
  onDone?: (result: T) => void,
) {
  const t = useWords();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = useCallback(
    async (...args: A) => {
      setBusy(true);
      setError(undefined);
      try {
        const result = await act(...args);
        onDone?.(result);
      } catch (thrown) {
        setError(thrown);
      } finally {
        setBusy(false);
      }
    },
    [act, onDone],
  );
  const forgive = useCallback(() => setError(undefined), []);
  const refusal = error === undefined ? undefined : readRefusal(error, t);
  return { run, isBusy, refusal, forgive };
}
