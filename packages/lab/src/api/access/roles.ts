import type { ResourceAttributes, UserInfo } from '../ClusterAccess';
import type { ClusterStore } from '../ClusterStore';

export interface PolicyRule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

interface Subject {
  kind: 'User' | 'Group' | 'ServiceAccount';
  name: string;
  namespace?: string;
}

/** What a request for something that is not a resource wants, for example `get` of `/metrics`. */
export interface PathAttributes {
  verb: string;
  path: string;
}

/** Whether a cluster's stored roles allow a user something (k8s.io/kubernetes, plugin/pkg/auth/authorizer/rbac). */
export function isAllowed(
  store: ClusterStore,
  user: UserInfo,
  attributes: ResourceAttributes | PathAttributes,
): boolean {
  // Kubernetes' own backdoor, which no role can close.
  if (user.groups.includes('system:masters')) {
    return true;
  }
  const namespace = 'path' in attributes ? undefined : attributes.namespace;
  return rulesFor(store, user, namespace).some(rule =>
    allows(rule, attributes),
  );
}

/** All that roles allow a user, in the whole cluster and in one namespace. */
export function rulesFor(
  store: ClusterStore,
  user: UserInfo,
  namespace: string | undefined,
): PolicyRule[] {
  const bindings = [
    ...store.list('ClusterRoleBinding'),
    ...(namespace ? store.list('RoleBinding', namespace) : []),
  ];
  return bindings.flatMap(({ subjects = [], roleRef, metadata }) =>
    subjects.some((subject: Subject) =>
      isSubject(user, subject, metadata.namespace),
    )
      ? rulesOf(store, roleRef, metadata.namespace)
      : [],
  );
}

function isSubject(
  user: UserInfo,
  { kind, name, namespace }: Subject,
  bindingNamespace: string | undefined,
): boolean {
  switch (kind) {
    case 'User':
      return user.username === name;
    case 'Group':
      return user.groups.includes(name);
    default:
      return (
        user.username ===
        `system:serviceaccount:${namespace ?? bindingNamespace}:${name}`
      );
  }
}

function rulesOf(
  store: ClusterStore,
  roleRef: { kind: string; name: string },
  namespace: string | undefined,
): PolicyRule[] {
  const role =
    roleRef.kind === 'ClusterRole'
      ? store.get('ClusterRole', undefined, roleRef.name)
      : store.get('Role', namespace, roleRef.name);
  return role?.rules ?? [];
}

function allows(
  rule: PolicyRule,
  attributes: ResourceAttributes | PathAttributes,
): boolean {
  if (!includes(rule.verbs, attributes.verb)) {
    return false;
  }
  if ('path' in attributes) {
    return (rule.nonResourceURLs ?? []).some(
      pattern =>
        pattern === attributes.path ||
        (pattern.endsWith('*') &&
          attributes.path.startsWith(pattern.slice(0, -1))),
    );
  }
  const { group, resource, subresource, name } = attributes;
  return (
    includes(rule.apiGroups, group) &&
    allowsResource(rule.resources ?? [], resource, subresource) &&
    (!rule.resourceNames?.length ||
      (name !== undefined && rule.resourceNames.includes(name)))
  );
}

function allowsResource(
  allowed: string[],
  resource: string,
  subresource: string | undefined,
): boolean {
  const full = subresource ? `${resource}/${subresource}` : resource;
  return (
    allowed.includes('*') ||
    allowed.includes(full) ||
    (subresource !== undefined && allowed.includes(`*/${subresource}`))
  );
}

function includes(list: string[] = [], value: string): boolean {
  return list.includes('*') || list.includes(value);
}
