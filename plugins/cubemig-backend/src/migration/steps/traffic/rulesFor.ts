import { Owner } from '@cubemig/plugin-cubemig-common';
import { CubemigConfig } from '../../../config';

/** The routes and webhooks that config has for a pod's workload. */
export function rulesFor(
  { traffic, webhooks }: CubemigConfig['migration'],
  source: { namespace: string; pod: string; owner?: Owner },
) {
  const workload = source.owner?.name ?? source.pod;
  const isMeant = (match?: { namespace: string; workload?: string }) =>
    !match ||
    (match.namespace === source.namespace &&
      (match.workload ?? workload) === workload);
  return {
    routes: traffic.filter(({ match }) => isMeant(match)),
    webhooks: webhooks.filter(({ match }) => isMeant(match)),
  };
}
