import { groupBy } from '../grouping/groupBy';
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
  const whole = (item: T) => `${identity(item)}\0${content(item)}`;
  const same = pairUp(before, after, whole);
  const alike = pairUp(same.onlyBefore, same.onlyAfter, identity);
  return {
    added: alike.onlyAfter,
    removed: alike.onlyBefore,
    modified: alike.inBoth,
  };
}

function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
) {
  const open = groupBy(before, keyOf);
  const paired = new Set<T>();
  const inBoth: T[] = [];
  const onlyAfter: T[] = [];
  for (const item of after) {
    const partner = open.get(keyOf(item))?.pop();
    if (partner === undefined) {
      onlyAfter.push(item);
    } else {
      paired.add(partner);
      inBoth.push(item);
    }
  }
  return { inBoth, onlyAfter, onlyBefore: before.filter(b => !paired.has(b)) };
}
