import { useEffect, useState } from 'react';

/** The present moment, renewed every `period` milliseconds; without a period it stands still. */
export function useNow(period: number | undefined): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (period === undefined) return undefined;
    const timer = setInterval(() => setNow(new Date()), period);
    return () => clearInterval(timer);
  }, [period]);
  return now;
}
