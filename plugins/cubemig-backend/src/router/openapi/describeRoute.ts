import { z } from 'zod';
import { Route, RouteSpec } from '../route';
import { describeAnswer, describeInput, JsonSchema } from './describeSchema';

/** A path as OpenAPI writes it: `/migrations/{id}`. */
export function pathOf({ path }: Route): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

/** A route as an OpenAPI operation. */
export function describeRoute(
  route: Route,
  components: Record<string, JsonSchema>,
): JsonSchema {
  const { spec } = route;
  return {
    operationId: operationIdOf(route),
    summary: spec.summary,
    description: descriptionOf(spec),
    tags: [route.path.split('/')[1]],
    parameters: [...pathParameters(route), ...queryParameters(spec)],
    requestBody: spec.body && {
      required: true,
      content: { 'application/json': { schema: describeInput(spec.body) } },
    },
    responses: {
      [spec.status ?? (spec.answer || spec.produces ? 200 : 204)]: {
        description: spec.summary,
        content: contentOf(spec, components),
      },
      default: { $ref: '#/components/responses/Error' },
    },
    security: spec.permission === 'public' ? [] : undefined,
  };
}

function operationIdOf({ method, path }: Route) {
  const words = path.replace(/:/g, 'by-').split(/[^A-Za-z0-9]+/);
  return [method.toLowerCase(), ...words.filter(Boolean)]
    .map((word, i) => (i === 0 ? word : word[0].toUpperCase() + word.slice(1)))
    .join('');
}

function descriptionOf({ description, permission }: RouteSpec) {
  const needed =
    permission === 'public'
      ? undefined
      : `Needs the permission \`${permission.name}\`${
          permission.type === 'resource'
            ? ', for the entity if one is named'
            : ''
        }.`;
  return [description, needed].filter(Boolean).join('\n\n') || undefined;
}

function pathParameters({ path }: Route) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: RouteSpec) {
  if (!(query instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = describeInput(query) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function contentOf(
  { answer, produces }: RouteSpec,
  components: Record<string, JsonSchema>,
) {
  if (produces) return Object.fromEntries(produces.map(type => [type, {}]));
  if (!answer) return undefined;
  return {
    'application/json': { schema: describeAnswer(answer, components) },
  };
}
