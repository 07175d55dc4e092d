import { badRequest } from '../ApiError';
import type { ResourceType } from '../resources';
import json from './fields.json';
/** Of each kind the model, and of each model the types of its fields. */
export interface Fields {
  kinds: Record<string, string>;
  models: Record<string, Record<string, string>>;
}

const known: Fields = json;

/** k8s.io/apimachinery, api/resource: what a quantity may look like. */
const QUANTITY = /^[+-]?[0-9.]+(?:[eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** Where a value is: the struct that holds it, the way there, and the same as it stands in the object. */
interface Place {
  struct: string;
  /** As Go tells it, without indices. */
  way: string[];
  path: string;
}

/**
 * Refuses an object whose fields are of other types than Kubernetes has them, as its decoder does. Fields that it does not know are refused if
 * the client wants that (`fieldValidation=Strict`, as kubectl does), and otherwise left alone: a newer Kubernetes may have them.
 *
 * @throws ApiError with Kubernetes' own words
 */
export function checkFields(
  type: ResourceType,
  object: unknown,
  isStrict: boolean,
): void {
  const { group, version, kind } = type;
  const model = known.kinds[`${group ? `${group}/` : ''}${version} ${kind}`];
  if (!model) return;
  const unknown: string[] = [];
  try {
    check(object, model, { struct: kind, way: [], path: '' }, unknown);
    if (isStrict && unknown.length > 0) {
      throw new TypeError(`strict decoding error: ${unknown.join(', ')}`);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${kind}: ${error.message}`,
    );
  }
}

function check(value: unknown, type: string, place: Place, unknown: string[]) {
  // Go takes null for nothing.
  if (value === undefined || value === null) return;
  const element = /^(.+)\[\]$/.exec(type)?.[1];
  const entry = /^Map<(.+)>$/.exec(type)?.[1];
  const fields = known.models[type];
  if (element) {
    if (!Array.isArray(value)) throw mismatch(value, type, place);
    value.forEach((item, index) =>
      check(
        item,
        element,
        { ...place, path: `${place.path}[${index}]` },
        unknown,
      ),
    );
  } else if (entry || fields) {
    if (!isObject(value)) throw mismatch(value, type, place);
    for (const [name, inner] of Object.entries(value)) {
      const fieldType = entry ?? (Object.hasOwn(fields, name) && fields[name]);
      const path = place.path ? `${place.path}.${name}` : name;
      if (fieldType) {
        const struct = entry ? place.struct : nameOf(type);
        const way = entry ? place.way : [...place.way, name];
        check(inner, fieldType, { struct, way, path }, unknown);
      } else {
        unknown.push(`unknown field "${path}"`);
      }
    }
  } else if (type === 'Quantity' && !isQuantity(value)) {
    throw new TypeError(
      `${place.path}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    );
  } else if (!isOfType(value, type)) {
    throw mismatch(value, type, place);
  }
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'int32':
    case 'int64':
      return Number.isInteger(value);
    case 'IntOrString':
      return typeof value === 'string' || Number.isInteger(value);
    default:
      // Of any shape, or of one that no model tells.
      return true;
  }
}

function isQuantity(value: unknown): boolean {
  return typeof value === 'number' || QUANTITY.test(String(value));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && !Array.isArray(value);
}

function mismatch(value: unknown, type: string, { struct, way }: Place) {
  const given = Array.isArray(value) ? 'array' : jsonTypeOf(value);
  return new TypeError(
    `json: cannot unmarshal ${given} into Go struct field ${[
      nameOf(struct),
      ...way,
    ].join('.')} of type ${goTypeOf(type)}`,
  );
}

function jsonTypeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' && !Number.isInteger(value)
    ? `number ${value}`
    : typeof value;
}

function goTypeOf(type: string): string {
  const element = /^(.+)\[\]$/.exec(type)?.[1];
  if (element) return `[]${goTypeOf(element)}`;
  const entry = /^Map<(.+)>$/.exec(type)?.[1];
  if (entry) return `map[string]${goTypeOf(entry)}`;
  if (type === 'boolean') return 'bool';
  if (type === 'IntOrString') return 'intstr.IntOrString';
  return type.replace(
    /^\D*(V\d\w*?)([A-Z])/,
    (_, version, first) => `${version.toLowerCase()}.${first}`,
  );
}

/** `V1Container` is the struct Container. */
function nameOf(model: string): string {
  return model.replace(/^(?:Core|Events)?V\d(?:beta\d)?/, '');
}
