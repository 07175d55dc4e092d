import { Plan } from '@cubemig/plugin-cubemig-common';
import { createTwoFilesPatch } from 'diff';
import { ReferenceReading } from './Inventory';
import { PlanContext, TargetContext } from './PlanContext';

const MAX_DIFF_LENGTH = 8_000;

type PlannedReference = Plan['references'][number];

/** How each object that the pod needs stands in the target. */
export function compareReferences(context: TargetContext): PlannedReference[] {
  return context.target.references.map(reference => {
    const state = stateOf(reference);
    return {
      kind: reference.kind,
      name: reference.name,
      state,
      diff:
        reference.kind === 'ConfigMap' && state === 'different'
          ? diff(reference)
          : undefined,
      isCopied: isCopied(reference, context),
    };
  });
}

export function stateOf({
  source,
  target,
}: ReferenceReading): PlannedReference['state'] {
  if (!target.isReadable) return 'unreadable';
  if (!target.value) return 'missing';
  if (!source?.isReadable || !source.value?.data || !target.value.data) {
    return 'present';
  }
  return serialize(source.value.data) === serialize(target.value.data)
    ? 'same'
    : 'different';
}

/** Only what is missing is copied: what is there belongs to somebody. */
export function isCopied(
  reference: ReferenceReading,
  { order }: Pick<PlanContext, 'order'>,
): boolean {
  const isAskedFor =
    (reference.kind === 'ConfigMap' && order.copyConfigMaps) ||
    (reference.kind === 'Secret' && order.copySecrets);
  return (
    isAskedFor &&
    stateOf(reference) === 'missing' &&
    reference.source?.isReadable === true &&
    reference.source.value !== undefined
  );
}

function diff({ name, source, target }: ReferenceReading) {
  const text = createTwoFilesPatch(
    `source/${name}`,
    `target/${name}`,
    serialize(source?.isReadable ? source.value?.data : {}),
    serialize(target.isReadable ? target.value?.data : {}),
  );
  return text.length > MAX_DIFF_LENGTH
    ? `${text.slice(0, MAX_DIFF_LENGTH)}\n… cut`
    : text;
}

/** One text for equal data, whatever the order of the keys; a key's lines stay lines. */
function serialize(data: Record<string, string> = {}) {
  return Object.keys(data)
    .sort()
    .map(key => `${key}: ${data[key]}\n`)
    .join('');
}
