import { kubernetesProxyPermission } from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/**
 * What nobody may do who is signed in, whoever they are.
 *
 * The kubernetes plugin's proxy lends Backstage's own cluster credentials to whoever holds `kubernetes.proxy`: any request, with any
 * method, past CubeMig's checks and past its audit log. CubeMig itself goes through it as a service, which no policy is asked about.
 */
const DENIED_TO_ALL_USERS = [kubernetesProxyPermission.name];

/**
 * Who may do what in this Backstage. Here everyone who is signed in may do everything but the above, which suits a demo. This is
 * the place where a platform team says otherwise, for example who may start migrations (`cubemig.migration.create`).
 */
export class CubemigPermissionPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isAllowed =
      user !== undefined && !DENIED_TO_ALL_USERS.includes(permission.name);
    return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}
