import * as common from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Every schema of the common package under its own name: `migrationSchema` is `Migration`. */
const named = z.registry<{ id: string }>();
for (const [name, schema] of Object.entries(common)) {
  if (schema instanceof z.ZodType && name.endsWith('Schema')) {
    const id = name[0].toUpperCase() + name.slice(1, -'Schema'.length);
    named.add(schema, { id });
  }
}

/** What an answer looks like. The schemas that it names go into the components. */
export function describeAnswer(
  schema: z.ZodType,
  components: Record<string, JsonSchema>,
): JsonSchema {
  const { $schema, $defs, ...described } = toOpenApi(
    z.toJSONSchema(schema, { metadata: named, unrepresentable: 'any' }),
  );
  Object.assign(components, $defs);
  const { id, ...rest } = described;
  if (typeof id !== 'string') return rest;
  components[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}

/** What a request may hold: fields with a default can be left out. */
export function describeInput(schema: z.ZodType): JsonSchema {
  const { $schema, ...described } = z.toJSONSchema(schema, {
    io: 'input',
    metadata: z.registry<{ id: string }>(),
    unrepresentable: 'any',
  });
  return described;
}

/** JSON Schema keeps what is named in `$defs`, OpenAPI in its components. */
function toOpenApi(schema: object): Record<string, JsonSchema> {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
}
