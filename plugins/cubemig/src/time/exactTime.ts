import { DateTime } from 'luxon';

/** A moment to the second, with its time zone, in the reader's language. */
export function exactTime(moment: string): string {
  return DateTime.fromISO(moment).toLocaleString(
    DateTime.DATETIME_FULL_WITH_SECONDS,
  );
}
