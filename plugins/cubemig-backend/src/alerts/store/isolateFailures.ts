import { AlertLeaseLostError } from './AlertStore';
import { troubleOf } from './troubleOf';

/** PostgreSQL's classes for connections, conflicts, resources, locks, shutdowns and the system around it; SQLite's names; Node's network. */
const PASSING_CODE =
  /^(?:(?:08|40|53|55|57|58)...|SQLITE_(?:BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM).*|E(?!RR_)[A-Z]+)$/;
/** Of PostgreSQL's client, which has no codes. */
const PASSING_TEXT = /^(?:Connection |Client |timeout )/;

/**
 * Does a piece of work for all at once and, if that fails, for each alone: one that nothing can be done with, whatever an attacker has put
 * into it, does not stand in the way of the others.
 *
 * @param giveUp - writes down of one that its work has failed
 * @throws AlertLeaseLostError, and what is the database's fault, not that of what it was given
 */
export async function isolateFailures<T, R>(
  items: T[],
  work: (items: T[]) => Promise<R>,
  giveUp: (item: T, error: Error) => Promise<R>,
): Promise<R[]> {
  try {
    return [await work(items)];
  } catch (error) {
    if (mayPass(error as Error)) throw error;
  }
  const results: R[] = [];
  for (const item of items) {
    try {
      results.push(await work([item]));
    } catch (error) {
      if (mayPass(error as Error)) throw error;
      results.push(await giveUp(item, error as Error));
    }
  }
  return results;
}

function mayPass(error: Error & { code?: unknown }): boolean {
  return (
    error instanceof AlertLeaseLostError ||
    error.name === 'KnexTimeoutError' ||
    PASSING_CODE.test(String(error.code)) ||
    (error.code === undefined && PASSING_TEXT.test(troubleOf(error)))
  );
}
