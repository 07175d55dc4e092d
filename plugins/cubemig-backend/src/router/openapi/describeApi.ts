import { Route } from '../route';
import { describeRoute, pathOf } from './describeRoute';
import { JsonSchema } from './describeSchema';

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string', examples: ['InputError'] },
        message: { type: 'string' },
        field: { type: 'string', description: 'What in the request is wrong.' },
        code: { type: 'string', description: 'A stable word for programs.' },
        remedy: { type: 'string', description: 'What to do about it.' },
      },
    },
    response: {
      type: 'object',
      properties: { statusCode: { type: 'integer' } },
    },
  },
};

/** The OpenAPI 3.1 document of these routes. */
export function describeApi(routes: Route[], version: string): JsonSchema {
  const schemas: Record<string, JsonSchema> = { Error: errorSchema };
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    const path = (paths[pathOf(route)] ??= {});
    path[route.method.toLowerCase()] = describeRoute(route, schemas);
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'CubeMig',
      version,
      description:
        "Migrates running pods between clusters and answers to Falco's alerts. Send a Backstage token: a user's, or one of `backend.auth.externalAccess` in app-config.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/cubemig' }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas,
      responses: {
        Error: {
          description: 'Refused or failed; the message says why.',
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Error' },
            },
          },
        },
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
  // Without what is undefined, which JSON has no word for.
  return JSON.parse(JSON.stringify(document));
}
