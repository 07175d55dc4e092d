import { useCallback, useEffect, useRef, useState } from 'react';

/** What polling knows at a moment. */
export interface Polled<T> {
  /** The newest answer; kept while later polls fail. */
  value?: T;
  /** Why the newest poll failed; absent after a success. */
  error?: Error;
  /** Nothing has been answered yet, well or badly. */
  isLoading: boolean;
  /** The value is older than it should be, because the newest poll failed. */
  isStale: boolean;
  /** When `value` arrived. */
  updatedAt?: Date;
  /** Asks again at once. */
  refresh(): void;
}

interface Answer<T> {
  load: () => Promise<T>;
  value?: T;
  error?: Error;
  updatedAt?: Date;
}

/**
 * Calls `load` at once and then again and again, with `interval` milliseconds between an answer and the next call.
 * Without an interval it asks once. A hidden browser tab asks nothing; it catches up as soon as it is shown again.
 *
 * @param load - must be memoised: a new function means new data, and drops what the old one had answered
 */
export function usePolling<T>(
  load: () => Promise<T>,
  interval: number | undefined,
): Polled<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ load });
  const askNow = useRef(() => {});

  useEffect(() => {
    let isCurrent = true;
    let isAsking = false;
    let asksAgain = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const ask = async () => {
      // An answer under way may be older than what made the caller ask.
      asksAgain = isAsking;
      if (isAsking || document.hidden) return;
      isAsking = true;
      clearTimeout(timer);
      const outcome = await load().then(
        value => ({ value, error: undefined, updatedAt: new Date() }),
        error => ({ error: error as Error }),
      );
      isAsking = false;
      if (!isCurrent) return;
      setAnswer(previous =>
        previous.load === load
          ? { ...previous, ...outcome }
          : { load, ...outcome },
      );
      if (asksAgain) ask();
      else if (interval !== undefined) timer = setTimeout(ask, interval);
    };

    const askWhenShown = () => {
      if (!document.hidden) ask();
    };

    askNow.current = ask;
    ask();
    document.addEventListener('visibilitychange', askWhenShown);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', askWhenShown);
    };
  }, [load, interval]);

  const refresh = useCallback(() => askNow.current(), []);
  const known: Answer<T> = answer.load === load ? answer : { load };
  return {
    value: known.value,
    error: known.error,
    isLoading: !known.updatedAt && !known.error,
    isStale: Boolean(known.updatedAt && known.error),
    updatedAt: known.updatedAt,
    refresh,
  };
}
