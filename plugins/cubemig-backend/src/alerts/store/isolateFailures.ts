import { AlertLeaseLostError } from './AlertStore';

/**
 * Does a piece of work for all at once and, if that fails, for each alone: one that nothing can be done with, whatever an attacker has put
 * into it, does not stand in the way of the others.
 *
 * @param giveUp - writes down of one that its work has failed; when it fails, too, it is not the one's fault
 * @throws AlertLeaseLostError, and what `giveUp` throws
 */
export async function isolateFailures<T, R>(
  items: T[],
  work: (items: T[]) => Promise<R>,
  giveUp: (item: T, error: Error) => Promise<R>,
): Promise<R[]> {
  try {
    return [await work(items)];
  } catch (error) {
    if (error instanceof AlertLeaseLostError) throw error;
  }
  const results: R[] = [];
  for (const item of items) {
    try {
      results.push(await work([item]));
    } catch (error) {
      if (error instanceof AlertLeaseLostError) throw error;
      results.push(await giveUp(item, error as Error));
    }
  }
  return results;
}
