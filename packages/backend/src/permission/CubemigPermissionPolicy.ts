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
 * Not for owners: a secret, and what makes one an owner. Who registers an entity says in it whose it is and, by its annotation
 * `backstage.io/kubernetes-id`, which pods are its own: everybody's could be.
 */
const ADMINISTRATORS_ONLY = [
  'cubemig.forensics.reveal-secrets',
  'catalog.entity.create',
  'catalog.location.create',
  'catalog.location.delete',
  'catalog.ingestion.manage',
];

/** Of other plugins, what only owners may do. */
const OWNERS_ONLY = ['catalog.entity.delete'];

/**
 * Who may do what in this Backstage. Administrators may do everything but the above. Everybody else may read; what is tied to entities
 * (migrations, pods, alerts, what is inside checkpoints) is for those who own them. What concerns all (response rules, approvals,
 * simulations, what is registered in the catalog) and secrets are not theirs. This is the place where a platform team says otherwise.
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
    if (claims.some(ref => this.administrators.includes(ref))) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (ADMINISTRATORS_ONLY.includes(permission.name)) {
      return { result: AuthorizeResult.DENY };
    }
    const isOfOthers = !permission.name.startsWith('cubemig.');
    if (isOfOthers && !OWNERS_ONLY.includes(permission.name)) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (isResourcePermission(permission, 'catalog-entity')) {
      return createCatalogConditionalDecision(
        permission,
        catalogConditions.isEntityOwner({ claims }),
      );
    }
    const isReading = permission.attributes.action === 'read';
    return { result: isReading ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}
