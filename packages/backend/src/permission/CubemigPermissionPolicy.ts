import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { kubernetesProxyPermission } from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  isResourcePermission,
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
 * Who may do what in this Backstage. Administrators may do everything but the above. Everybody else may read, and migrate, cancel and
 * delete what their own catalog entities run; what concerns all (response rules, approvals, simulations, secrets) is not theirs. This
 * is the place where a platform team says otherwise.
 */
export class CubemigPermissionPolicy implements PermissionPolicy {
  /** @param administrators - entity refs of users and groups */
  constructor(private readonly administrators: string[]) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user || DENIED_TO_ALL_USERS.includes(permission.name)) {
      return { result: AuthorizeResult.DENY };
    }
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const claims = [userEntityRef, ...ownershipEntityRefs];
    if (
      claims.some(ref => this.administrators.includes(ref)) ||
      permission.attributes.action === 'read' ||
      !permission.name.startsWith('cubemig.')
    ) {
      return { result: AuthorizeResult.ALLOW };
    }
    return isResourcePermission(permission, 'catalog-entity')
      ? createCatalogConditionalDecision(
          permission,
          catalogConditions.isEntityOwner({ claims }),
        )
      : { result: AuthorizeResult.DENY };
  }
}
