import { useRef } from 'react';
import { Polled } from '../polling';

/** While other filters are being asked for, the last answer stays, marked as old: a list does not blink. */
export function useKept<T>(polled: Polled<T>): Polled<T> & { isOld: boolean } {
  const kept = useRef<T>();
  if (polled.value !== undefined) kept.current = polled.value;
  return polled.isLoading && kept.current !== undefined
    ? { ...polled, value: kept.current, isLoading: false, isOld: true }
    : { ...polled, isOld: false };
}
