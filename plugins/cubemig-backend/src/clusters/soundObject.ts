import { z } from 'zod';
import { Kind, Kinds } from './kinds';

/*
 * An API server keeps to its own schemas; what stands before it, or a hostile one, need not. What everything here relies on is looked at once,
 * where it comes in. Fields that are not named stay as they are.
 */

const texts = z.record(z.string(), z.string()).optional();
const named = z.array(z.looseObject({ name: z.string() }));

const metadata = z.looseObject({
  name: z.string(),
  labels: texts,
  annotations: texts,
  ownerReferences: z
    .array(
      z.looseObject({ kind: z.string(), name: z.string(), uid: z.string() }),
    )
    .optional(),
});

const podSpec = z.looseObject({
  containers: named,
  initContainers: named.optional(),
  volumes: named.optional(),
});

const any = z.looseObject({ metadata });

const pod = z.looseObject({
  metadata: metadata.extend({ uid: z.string() }),
  spec: podSpec,
  status: z.looseObject({ containerStatuses: named.optional() }).optional(),
});

const workload = z.looseObject({
  metadata,
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ labels: texts }).optional(),
      spec: podSpec,
    }),
  }),
});

const shapes: Partial<Record<Kind, z.ZodType>> = {
  Pod: pod,
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: workload,
  Job: workload,
};

/** What an API server has answered, if it is an object of that kind; without nulls, which mean the same as nothing. */
export function soundObject<K extends Kind>(
  kind: K,
  answer: unknown,
): Kinds[K] | undefined {
  const object = withoutNulls(answer);
  const { success } = (shapes[kind] ?? any).safeParse(object);
  return success ? (object as Kinds[K]) : undefined;
}

/** Changes what it is given: lists are long. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    return value.filter(item => item !== null).map(withoutNulls);
  }
  if (typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  for (const [key, inner] of Object.entries(object)) {
    const sound = withoutNulls(inner);
    if (sound === undefined) delete object[key];
    else if (sound !== inner) object[key] = sound;
  }
  return object;
}
