import { assessmentAnswerSchema } from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

/** Bounds are for us to check: servers that hold a model to a schema know a part of JSON Schema only. */
const LEFT_OUT = new Set([
  '$schema',
  'maxItems',
  'maxLength',
  'maximum',
  'minimum',
  'pattern',
]);

/** The structure of the model's answer as a JSON Schema. */
export const answerFormat = simplify(
  z.toJSONSchema(assessmentAnswerSchema),
) as Record<string, unknown>;

/** The same in words, for servers that cannot hold a model to a schema. */
export function describeFormat(): string {
  return `\nThe JSON object must match this JSON Schema:\n${JSON.stringify(
    answerFormat,
  )}`;
}

function simplify(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(simplify);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !LEFT_OUT.has(keyword))
      .map(([keyword, value]) => [keyword, simplify(value)]),
  );
}
