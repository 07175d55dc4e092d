import { createRouteRef } from '@backstage/core-plugin-api';

/** CubeMig's own pages. Made by the old system's function, whose references both systems take. */
export const rootRouteRef = createRouteRef({ id: 'cubemig' });
