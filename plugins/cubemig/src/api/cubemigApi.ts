import {
  ApiBlueprint,
  createApiRef,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { CubemigApi, CubemigClient } from '@cubemig/plugin-cubemig-common';

/**
 * What the frontend asks of CubeMig's backend.
 *
 * @public
 */
export const cubemigApiRef = createApiRef<CubemigApi>({
  id: 'plugin.cubemig.client',
});

export const cubemigApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: cubemigApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CubemigClient(deps),
    }),
});
