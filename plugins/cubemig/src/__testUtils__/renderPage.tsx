import { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  AuthorizeResult,
  EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { cubemigApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { Answer, serveApi } from './serveApi';

type TestAppOptions = NonNullable<Parameters<typeof renderInTestApp>[1]>;

/** Renders one of CubeMig's pages in an app that has all of them. */
export function renderPage(
  page: ReactElement,
  answer: Answer,
  options: {
    /** Path and query at which the page stands. */
    at?: string;
    /** Whether everything is permitted, or what is. */
    isAllowed?: boolean | ((request: EvaluatePermissionRequest) => boolean);
    config?: TestAppOptions['config'];
    /** Besides CubeMig's and the permissions'. */
    apis?: TestAppOptions['apis'];
  } = {},
) {
  const { at = '/', isAllowed = true, config, apis = [] } = options;
  const permits = typeof isAllowed === 'function' ? isAllowed : () => isAllowed;
  return renderInTestApp(page, {
    mountedRoutes: {
      '/cubemig': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
    initialRouteEntries: [at],
    config,
    apis: [
      ...apis,
      [cubemigApiRef, serveApi(answer)],
      [
        permissionApiRef,
        {
          authorize: async request => ({
            result: permits(request)
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          }),
        },
      ],
    ],
  });
}
