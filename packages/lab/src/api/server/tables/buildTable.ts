import type { KubeObject } from '../../ClusterStore';
import type { ResourceType } from '../../resources';
import { toPartialMetadata } from '../partialMetadata';
import { DEFAULT_COLUMNS, TABLE_COLUMNS } from './tableColumns';

/** What each row carries of its object. */
export type IncludedObject = 'None' | 'Metadata' | 'Object';

/** Objects as kubectl prints them: a `Table` of meta.k8s.io/v1. */
export function buildTable(
  { kind }: ResourceType,
  objects: KubeObject[],
  metadata: object,
  include: IncludedObject,
) {
  const columns = TABLE_COLUMNS[kind] ?? DEFAULT_COLUMNS;
  const now = Date.now();
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, type, format, priority }) => ({
      name,
      type: type ?? 'string',
      format: format ?? '',
      description: '',
      priority: priority ?? 0,
    })),
    rows: objects.map(object => ({
      cells: columns.map(({ value }) => value(object, now)),
      ...includeObject(object, include),
    })),
  };
}

function includeObject(object: KubeObject, include: IncludedObject) {
  switch (include) {
    case 'None':
      return {};
    case 'Object':
      return { object };
    default:
      return { object: toPartialMetadata(object) };
  }
}
