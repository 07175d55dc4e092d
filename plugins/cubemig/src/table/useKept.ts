import { useRef } from 'react';

/** The newest value that there was: what is shown while other filters are being asked for. */
export function useKept<T>(value: T | undefined): T | undefined {
  const kept = useRef(value);
  if (value !== undefined) kept.current = value;
  return kept.current;
}
