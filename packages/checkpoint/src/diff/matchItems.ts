import { Changes } from './CheckpointDiff';

/**
 * Tells apart what is in both lists, and what is in one only. Items with the same identity are the same thing, which is
 * modified if its content differs. The lists may hold several of an identity.
 */
export function matchItems<T>(
  before: readonly T[],
  after: readonly T[],
  identity: (item: T) => string,
  content: (item: T) => string = () => '',
): Changes<T> {
  const open = new Map<string, T[]>();
  for (const item of before) {
    const key = identity(item);
    open.set(key, [...(open.get(key) ?? []), item]);
  }
  const changes: Changes<T> = { added: [], removed: [], modified: [] };
  for (const item of after) {
    const candidates = open.get(identity(item)) ?? [];
    const same = candidates.findIndex(c => content(c) === content(item));
    if (same >= 0) {
      candidates.splice(same, 1);
    } else if (candidates.length > 0) {
      candidates.shift();
      changes.modified.push(item);
    } else {
      changes.added.push(item);
    }
  }
  changes.removed = [...open.values()].flat();
  return changes;
}
