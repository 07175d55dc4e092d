import { createHash, randomBytes } from 'node:crypto';
import { notFound } from '../ApiError';
import type {
  ClusterAccess,
  ResourceAttributes,
  UserInfo,
} from '../ClusterAccess';
import type { ClusterStore, KubeObject } from '../ClusterStore';
import { typeOfKind } from '../resources';
import { ServiceAccountTokens, type BoundClaims } from './ServiceAccountTokens';
import { isAllowed, type PathAttributes } from './roles';

export const ANONYMOUS: UserInfo = {
  username: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** One cluster's users: an administrator, the API server itself towards kubelets, and every ServiceAccount. */
export class LabAccess implements ClusterAccess {
  /** The token that the API server shows to kubelets. Real ones show a certificate of the same user. */
  readonly kubeletClientToken = randomBytes(32).toString('hex');
  private readonly tokens: ServiceAccountTokens;
  /** By the token's digest, so that looking one up takes no time that depends on its text. */
  private readonly staticUsers: Map<string, UserInfo>;

  constructor(
    private readonly store: ClusterStore,
    options: { adminToken: string; now?: () => number },
  ) {
    this.tokens = new ServiceAccountTokens(options.now);
    this.staticUsers = new Map([
      [
        digest(options.adminToken),
        {
          username: 'kubernetes-admin',
          groups: ['kubeadm:cluster-admins', 'system:authenticated'],
        },
      ],
      [
        digest(this.kubeletClientToken),
        {
          username: 'kube-apiserver-kubelet-client',
          groups: ['system:authenticated'],
        },
      ],
    ]);
  }

  authenticate(bearerToken: string): UserInfo | undefined {
    const staticUser = this.staticUsers.get(digest(bearerToken));
    if (staticUser) {
      return staticUser;
    }
    const claims = this.tokens.check(bearerToken);
    if (!claims || !this.isStillValid(claims)) {
      return undefined;
    }
    const { namespace, serviceaccount } = claims;
    return {
      username: `system:serviceaccount:${namespace}:${serviceaccount.name}`,
      uid: serviceaccount.uid,
      groups: [
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:authenticated',
      ],
    };
  }

  authorize(
    user: UserInfo,
    attributes: ResourceAttributes | PathAttributes,
  ): boolean {
    return isAllowed(this.store, user, attributes);
  }

  issueServiceAccountToken(
    namespace: string,
    serviceAccount: string,
    bound: { pod?: KubeObject; expirationSeconds?: number } = {},
  ): string {
    const account = this.store.get('ServiceAccount', namespace, serviceAccount);
    if (!account) {
      throw notFound(typeOfKind('ServiceAccount'), serviceAccount);
    }
    return this.tokens.issue(account, bound);
  }

  /** Tokens die with their account and with the pod that they are bound to. */
  private isStillValid({ namespace, serviceaccount, pod }: BoundClaims) {
    const account = this.store.get(
      'ServiceAccount',
      namespace,
      serviceaccount.name,
    );
    return (
      account?.metadata.uid === serviceaccount.uid &&
      (!pod ||
        this.store.get('Pod', namespace, pod.name)?.metadata.uid === pod.uid)
    );
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
