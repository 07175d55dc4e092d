import { Problem } from '@cubemig/plugin-cubemig-common';
import { explainClusterError, isRefusal } from '../../clusters';

/** What was read of a cluster, or why Backstage may not read it. */
export type Reading<T> =
  | { isReadable: true; value: T }
  | { isReadable: false; problem: Problem };

/** Reads what a cluster may keep to itself. Only a refusal for lack of rights is taken for an answer. */
export async function readIfAllowed<T>(
  cluster: string,
  read: () => Promise<T>,
): Promise<Reading<T>> {
  try {
    return { isReadable: true, value: await read() };
  } catch (error) {
    if (!isRefusal(error, 'Forbidden')) throw error;
    return { isReadable: false, problem: explainClusterError(cluster, error) };
  }
}

/** What was read; undefined where it could not be. */
export function valueOf<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.isReadable ? reading.value : undefined;
}
