import { isDeepStrictEqual } from 'node:util';

/** JSON equality: a field that is undefined counts as absent. */
export function isSameJson(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(withoutUndefined(left), withoutUndefined(right));
}

/** A deep copy without undefined fields, as it would come back from JSON. */
export function withoutUndefined<T>(value: T): T {
  if (Array.isArray(value)) {
    return Array.from(value, withoutUndefined) as T;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => [name, withoutUndefined(field)]),
    ) as T;
  }
  return value;
}
