import { BUILTIN_ROWS } from './builtinRows';
import { CUSTOM_ROWS } from './customRows';
import type { ResourceType } from './ResourceType';

/** All kinds in all versions that the lab serves. */
export const RESOURCE_TYPES: ResourceType[] = Object.entries({
  ...BUILTIN_ROWS,
  ...CUSTOM_ROWS,
}).flatMap(([groupVersion, rows]) => {
  const [group, version] = groupVersion.includes('/')
    ? groupVersion.split('/')
    : ['', groupVersion];
  return rows.map(row => {
    const singular = row.kind.toLowerCase();
    return {
      singular,
      plural: `${singular}s`,
      namespaced: true,
      shortNames: [],
      categories: [],
      subresources: [],
      countsGenerations: false,
      selectableFields: [],
      ...row,
      group,
      version,
    };
  });
});

/** Each kind in the version that it is stored in. */
export const STORED_TYPES = RESOURCE_TYPES.filter(type => !type.storedAs);

const byKind = new Map(STORED_TYPES.map(type => [type.kind, type]));

/** The type of a kind, or undefined where the lab does not serve it. */
export function findTypeOfKind(kind: string): ResourceType | undefined {
  return byKind.get(kind);
}

export function typeOfKind(kind: string): ResourceType {
  const type = byKind.get(kind);
  if (!type) {
    throw new Error(`The lab serves no kind ${kind}`);
  }
  return type;
}

export function findTypeOfResource(
  group: string,
  version: string,
  plural: string,
): ResourceType | undefined {
  return RESOURCE_TYPES.find(
    type =>
      type.group === group &&
      type.version === version &&
      type.plural === plural,
  );
}
