import { badRequest } from '../ApiError';
import type { KubeObject } from '../ClusterStore';
import type { ResourceType } from '../resources';

/** Parses a field selector and returns the test it stands for. Only the fields that Kubernetes can select are allowed. */
export function parseFieldSelector(
  type: ResourceType,
  text: string,
): (object: KubeObject) => boolean {
  const terms = text
    .split(',')
    .filter(Boolean)
    .map(term => {
      const parsed = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/.exec(term.trim());
      if (!parsed) {
        throw badRequest(
          `invalid selector: '${text}'; can't understand '${term}'`,
        );
      }
      const [, field, operator, value] = parsed;
      if (!isSelectable(type, field)) {
        throw badRequest(`field label not supported: ${field}`);
      }
      return { path: field.split('.'), isEqual: operator !== '!=', value };
    });
  return object =>
    terms.every(
      ({ path, isEqual, value }) => (read(object, path) === value) === isEqual,
    );
}

function isSelectable(type: ResourceType, field: string): boolean {
  return (
    field === 'metadata.name' ||
    (field === 'metadata.namespace' && type.namespaced) ||
    type.selectableFields.includes(field)
  );
}

function read(object: KubeObject, path: string[]): string {
  const value = path.reduce<any>((part, name) => part?.[name], object);
  // An Event's `source` selects by its component.
  return String((typeof value === 'object' ? value?.component : value) ?? '');
}
