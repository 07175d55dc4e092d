import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';
import { Polled, usePolling } from '../polling';

/** How many times slower it is polled where signals tell what is new. */
const PATIENCE = 6;

/** Signals within this time, in milliseconds, are answered by one request. */
const GATHER = 300;

type Message = { id: string };

/**
 * Follows something: asks as soon as the backend signals a change, and now and then by itself, in case a signal was
 * lost. Without the signals plugin it polls.
 *
 * @param load - see `usePolling`
 * @param interval - milliseconds between polls where there are no signals; undefined for what does not change any more
 * @param channel - the signals' channel
 * @param id - of the only thing that matters; by default any change does
 */
export function useLive<T>(
  load: () => Promise<T>,
  interval: number | undefined,
  channel: string,
  id?: string,
): Polled<T> {
  const { lastSignal, isSignalsAvailable } = useSignal<Message>(channel);
  const polled = usePolling(
    load,
    interval && isSignalsAvailable ? interval * PATIENCE : interval,
  );
  useRefresh(polled.refresh, lastSignal, id);
  return polled;
}

/** Lets the signals of another channel refresh what is followed, too. */
export function useAlsoLive({ refresh }: Polled<unknown>, channel: string) {
  useRefresh(refresh, useSignal<Message>(channel).lastSignal);
}

function useRefresh(
  refresh: () => void,
  lastSignal: Message | null,
  id?: string,
) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    if (!lastSignal || (id && lastSignal.id !== id)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, GATHER);
  }, [lastSignal, id, refresh]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
