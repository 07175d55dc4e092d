import { MERGED_PRIMITIVES, MERGE_KEYS } from './mergeKeys';

type Json = Record<string, any>;

const ELEMENT_ORDER = '$setElementOrder/';
const DELETED_PRIMITIVES = '$deleteFromPrimitiveList/';

/** Applies a strategic merge patch; neither argument is changed. */
export function applyStrategicMergePatch(target: Json, patch: Json): Json {
  if (patch.$patch === 'replace') {
    return withoutDirectives(patch);
  }
  if (patch.$patch === 'delete') {
    return {};
  }
  const result: Json = { ...target };
  if (patch.$retainKeys) {
    for (const key of Object.keys(result)) {
      if (!patch.$retainKeys.includes(key)) {
        delete result[key];
      }
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETED_PRIMITIVES)) {
      const field = key.slice(DELETED_PRIMITIVES.length);
      result[field] = (result[field] ?? []).filter(
        (item: unknown) => !value.includes(item),
      );
    } else if (key.startsWith('$')) {
      continue;
    } else if (value === null) {
      delete result[key];
    } else if (Array.isArray(value)) {
      result[key] = mergeList(key, result[key] ?? [], value);
    } else if (isObject(value)) {
      result[key] = applyStrategicMergePatch(
        isObject(result[key]) ? result[key] : {},
        value,
      );
    } else {
      result[key] = value;
    }
  }
  for (const [key, order] of Object.entries(patch)) {
    if (key.startsWith(ELEMENT_ORDER)) {
      const field = key.slice(ELEMENT_ORDER.length);
      result[field] = sortElements(field, result[field], order);
    }
  }
  return result;
}

function mergeList(field: string, target: any[], patch: any[]): any[] {
  if (MERGED_PRIMITIVES.has(field)) {
    return [...new Set([...target, ...patch])];
  }
  const key = mergeKeyOf(field, [...patch, ...target]);
  if (!key || patch.some(item => item.$patch === 'replace')) {
    return patch
      .filter(item => item?.$patch !== 'replace')
      .map(item => (isObject(item) ? withoutDirectives(item) : item));
  }
  const result = [...target];
  for (const item of patch) {
    const index = result.findIndex(existing => existing[key] === item[key]);
    if (item.$patch === 'delete') {
      if (index >= 0) {
        result.splice(index, 1);
      }
    } else if (index >= 0) {
      result[index] = applyStrategicMergePatch(result[index], item);
    } else {
      result.push(applyStrategicMergePatch({}, item));
    }
  }
  return result;
}

function mergeKeyOf(field: string, elements: any[]): string | undefined {
  return MERGE_KEYS[field]?.find(key =>
    elements.some(element => element?.[key] !== undefined),
  );
}

/** Elements that the order names come in that order; the others stay behind those they followed. */
function sortElements(field: string, elements: any[] = [], order: any[]) {
  const key = mergeKeyOf(field, elements);
  const rankOf = (element: any) =>
    order.findIndex(named =>
      key ? named[key] === element[key] : named === element,
    );
  let last = -1;
  return elements
    .map((element, position) => {
      const rank = rankOf(element);
      last = rank >= 0 ? rank : last;
      return { element, rank: last, position };
    })
    .sort((a, b) => a.rank - b.rank || a.position - b.position)
    .map(({ element }) => element);
}

function withoutDirectives(patch: Json): Json {
  return Object.fromEntries(
    Object.entries(patch).filter(([key]) => !key.startsWith('$')),
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
