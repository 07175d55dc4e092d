import { ApiError } from '../ApiError';
import type { ResourceAttributes, UserInfo } from '../ClusterAccess';

/** The refusal of a request that no role allows, in Kubernetes' words. */
export function describeForbidden(
  user: UserInfo,
  attributes: ResourceAttributes,
): ApiError {
  const { verb, group, resource, subresource, namespace, name } = attributes;
  const qualified = group ? `${resource}.${group}` : resource;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const scope = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new ApiError(
    403,
    'Forbidden',
    `${qualified}${name ? ` "${name}"` : ''} is forbidden: User "${
      user.username
    }" cannot ${verb} resource "${full}" in API group "${group}" ${scope}`,
    {
      ...(name ? { name } : {}),
      ...(group ? { group } : {}),
      kind: resource,
    },
  );
}
