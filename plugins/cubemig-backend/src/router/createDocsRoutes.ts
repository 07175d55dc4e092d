import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from './openapi';
import { Route, route } from './route';

/** Nothing from elsewhere. Swagger UI sets styles on elements and draws its icons from data. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>CubeMig API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

// No validator: it would send the document's address elsewhere.
const start = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

/** The API's description: for programs, and as a page to try it out. They show what anyone can read in the code, and so are public. */
export function createDocsRoutes(described: Route[]): Route[] {
  const { version } = JSON.parse(
    readFileSync(
      resolvePackagePath('@cubemig/plugin-cubemig-backend', 'package.json'),
      'utf8',
    ),
  );
  const routes: Route[] = [
    route(
      'GET /openapi.json',
      {
        summary: 'This document',
        permission: 'public',
        produces: ['application/json'],
      },
      async ({ res }) => {
        res.json(describeApi([...described, ...routes], version));
      },
    ),
    route(
      'GET /docs',
      {
        summary: 'The page to read and try out the API',
        permission: 'public',
        produces: ['text/html'],
      },
      async ({ res }) => {
        res
          .set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
          .type('html')
          .send(page);
      },
    ),
    route(
      'GET /docs/:file',
      {
        summary: 'What the page is made of',
        permission: 'public',
        produces: ['text/javascript', 'text/css'],
      },
      async ({ params: { file }, res }) => {
        if (file === 'start.js') {
          res.type('js').send(start);
          return;
        }
        if (!['swagger-ui.css', 'swagger-ui-bundle.js'].includes(file)) {
          throw new NotFoundError(`The page has no part '${file}'`);
        }
        await new Promise<void>((resolve, reject) =>
          res.sendFile(join(swaggerUiFolder(), file), { maxAge: '1h' }, error =>
            error ? reject(error) : resolve(),
          ),
        );
      },
    ),
  ];
  return routes;
}

function swaggerUiFolder() {
  return join(require.resolve('swagger-ui-dist/package.json'), '..');
}
