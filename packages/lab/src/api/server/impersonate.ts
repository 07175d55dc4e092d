import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, badRequest } from '../ApiError';
import type { ResourceAttributes, UserInfo } from '../ClusterAccess';
import { describeForbidden } from './describeForbidden';
import type { ServedCluster } from './ServedCluster';

const USER = 'impersonate-user';
const GROUP = 'impersonate-group';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/**
 * The user that a request is to count as from, by its `Impersonate-*` headers (`kubectl --as`); whoever asks for that needs the right
 * to impersonate that user and each of the groups (apiserver, endpoints/filters, WithImpersonation). Uids and extra fields are refused.
 */
export function impersonate(
  { access }: ServedCluster,
  user: UserInfo,
  headers: IncomingHttpHeaders,
): UserInfo {
  const names = Object.keys(headers).filter(name =>
    name.startsWith('impersonate-'),
  );
  if (names.length === 0) {
    return user;
  }
  const unknown = names.find(name => name !== USER && name !== GROUP);
  if (unknown) {
    throw new ApiError(
      403,
      'Forbidden',
      `the lab impersonates users and groups, not by ${unknown}`,
      {},
    );
  }
  const username = headers[USER];
  if (typeof username !== 'string' || !username) {
    throw badRequest('requested groups without impersonating a user');
  }
  // Node joins what a client sends more than once.
  const asked = [headers[GROUP] ?? []].flat().flatMap(g => g.split(', '));
  const account = SERVICE_ACCOUNT.exec(username);
  const wanted: ResourceAttributes[] = [
    account
      ? impersonation('serviceaccounts', account[2], account[1])
      : impersonation('users', username),
    ...asked.map(group => impersonation('groups', group)),
  ];
  for (const attributes of wanted) {
    if (!access.authorize(user, attributes)) {
      throw describeForbidden(user, attributes);
    }
  }
  return { username, groups: groupsOf(username, account?.[1], asked) };
}

function impersonation(
  resource: string,
  name: string,
  namespace?: string,
): ResourceAttributes {
  return { verb: 'impersonate', group: '', resource, name, namespace };
}

/** A service account is in its groups unless the client names others. */
function groupsOf(
  username: string,
  namespace: string | undefined,
  asked: string[],
): string[] {
  const own =
    namespace && asked.length === 0
      ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]
      : asked;
  const everybody =
    username === 'system:anonymous'
      ? 'system:unauthenticated'
      : 'system:authenticated';
  return [...new Set([...own, everybody])];
}
