import { MERGE_KEYS } from '../patch/mergeKeys';

/** A step into an object: a field's name, or which element of a list. */
export type Step = string | { key: string; value: unknown };

/** The leaves of an object: each path as Kubernetes writes it (`.spec.containers[name="web"].image`), with its steps and value. */
export interface Leaf {
  path: string;
  steps: Step[];
  value: unknown;
}

/** What the server keeps itself, or tells whose object it is: nobody owns it. */
const UNOWNED = ['apiVersion', 'kind', 'status'];
const OWNED_METADATA = [
  'annotations',
  'finalizers',
  'labels',
  'ownerReferences',
];

/** The leaves that a manager can own. */
export function leavesOf(object: Record<string, any>): Leaf[] {
  return Object.entries(object)
    .filter(([name]) => !UNOWNED.includes(name))
    .flatMap(([name, value]) =>
      name === 'metadata'
        ? OWNED_METADATA.flatMap(field =>
            value[field] === undefined
              ? []
              : walk(value[field], ['metadata', field]),
          )
        : walk(value, [name]),
    );
}

function walk(value: any, steps: Step[]): Leaf[] {
  const parts = partsOf(value, steps);
  return parts.length > 0
    ? parts.flatMap(([step, part]) => walk(part, [...steps, step]))
    : [{ path: formatPath(steps), steps, value }];
}

/** What a value is made of: an object's fields, or a list's elements where they can be told apart. */
function partsOf(value: any, steps: Step[]): [Step, unknown][] {
  if (isObject(value)) {
    return Object.entries(value);
  }
  const key = Array.isArray(value) ? keyOf(value, steps) : undefined;
  return key ? value.map((item: any) => [{ key, value: item[key] }, item]) : [];
}

/** By which field a list's elements are told apart; without one the list is a value as a whole. */
function keyOf(list: any[], steps: Step[]): string | undefined {
  const name = steps.at(-1);
  return typeof name === 'string'
    ? MERGE_KEYS[name]?.find(key =>
        list.every(item => item?.[key] !== undefined),
      )
    : undefined;
}

function formatPath(steps: Step[]): string {
  return steps
    .map(step =>
      typeof step === 'string'
        ? `.${step}`
        : `[${step.key}=${JSON.stringify(step.value)}]`,
    )
    .join('');
}

/** Takes a leaf out of an object, in place. */
export function removeLeaf(object: any, steps: Step[]): void {
  const [last, ...before] = [...steps].reverse();
  let holder = object;
  for (const step of before.reverse()) {
    holder =
      typeof step === 'string'
        ? holder?.[step]
        : holder?.find?.((item: any) => item[step.key] === step.value);
  }
  if (typeof last === 'string' && isObject(holder)) {
    delete holder[last];
  }
}

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
