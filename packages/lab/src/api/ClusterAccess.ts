import type { KubeObject } from './ClusterStore';

/** Who a request comes from, as Kubernetes' authentication.k8s.io says it. */
export interface UserInfo {
  username: string;
  uid?: string;
  groups: string[];
}

/** What a request wants to do with a resource, as Kubernetes' SubjectAccessReview says it. */
export interface ResourceAttributes {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`. */
  verb: string;
  /** API group, empty for core. */
  group: string;
  /** Plural name, for example `nodes`. */
  resource: string;
  /** For example `checkpoint` or `proxy`. */
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** One cluster's authentication and authorisation, as its API server and (by webhook) its kubelets ask for it. */
export interface ClusterAccess {
  /** The user that a bearer token stands for; undefined for a token that is unknown, expired or whose account or pod is gone. */
  authenticate(bearerToken: string): UserInfo | undefined;
  /** Whether the cluster's roles allow it. */
  authorize(user: UserInfo, attributes: ResourceAttributes): boolean;
  /** A signed ServiceAccount token; bound to a pod it lives no longer than the pod. */
  issueServiceAccountToken(
    namespace: string,
    serviceAccount: string,
    bound?: { pod: KubeObject },
  ): string;
}
