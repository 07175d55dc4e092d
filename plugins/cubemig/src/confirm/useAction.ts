import { useCallback, useState } from 'react';
import { readRefusal, Refusal } from '../problem';

/** Does something once at a time; keeps what the backend said if it refused. */
export function useAction<A extends unknown[], T>(
  act: (...args: A) => Promise<T>,
  onDone?: (result: T) => void,
) {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const run = useCallback(
    async (...args: A) => {
      setBusy(true);
      setRefusal(undefined);
      try {
        const result = await act(...args);
        onDone?.(result);
      } catch (error) {
        setRefusal(readRefusal(error));
      } finally {
        setBusy(false);
      }
    },
    [act, onDone],
  );
  const forgive = useCallback(() => setRefusal(undefined), []);
  return { run, isBusy, refusal, forgive };
}
