import type { UserInfo } from '../ClusterAccess';
import { rulesFor } from '../access/roles';
import type { ServedCluster } from './ServedCluster';

/** A kind that is only ever created: a question, answered at once and never stored. */
export interface Review {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  /** Returns the review's `status`. */
  answer(cluster: ServedCluster, user: UserInfo, spec: any): object;
}

const AUTHORIZATION = { group: 'authorization.k8s.io', version: 'v1' };
const AUTHENTICATION = { group: 'authentication.k8s.io', version: 'v1' };

function review(
  groupVersion: Pick<Review, 'group' | 'version'>,
  kind: string,
  answer: Review['answer'],
  namespaced = false,
): Review {
  const plural = `${kind.toLowerCase()}s`;
  return { ...groupVersion, kind, plural, namespaced, answer };
}

const answerForSubject: Review['answer'] = (cluster, _user, spec) =>
  decide(
    cluster,
    { username: spec.user ?? '', uid: spec.uid, groups: spec.groups ?? [] },
    spec,
  );

export const REVIEWS: Review[] = [
  review(AUTHORIZATION, 'SelfSubjectAccessReview', decide),
  review(AUTHORIZATION, 'SubjectAccessReview', answerForSubject),
  review(AUTHORIZATION, 'LocalSubjectAccessReview', answerForSubject, true),
  review(AUTHORIZATION, 'SelfSubjectRulesReview', answerRules),
  review(AUTHENTICATION, 'SelfSubjectReview', (_cluster, user) => ({
    userInfo: user,
  })),
  review(AUTHENTICATION, 'TokenReview', ({ access }, _user, spec) => {
    const user = access.authenticate(spec.token ?? '');
    return user
      ? { authenticated: true, user }
      : { error: 'token lookup failed' };
  }),
];

/** What `kubectl auth can-i --list` shows. */
function answerRules(
  { store }: ServedCluster,
  user: UserInfo,
  { namespace }: { namespace?: string },
): object {
  const rules = rulesFor(store, user, namespace);
  return {
    resourceRules: rules
      .filter(({ resources }) => resources?.length)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames ? { resourceNames } : {}),
      })),
    nonResourceRules: rules
      .filter(({ nonResourceURLs }) => nonResourceURLs?.length)
      .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
  };
}

/** Whether a user may do what the review describes. */
function decide({ access }: ServedCluster, user: UserInfo, spec: any): object {
  const { resourceAttributes, nonResourceAttributes } = spec;
  const allowed = resourceAttributes
    ? access.authorize(user, {
        verb: resourceAttributes.verb ?? '',
        group: resourceAttributes.group ?? '',
        resource: resourceAttributes.resource ?? '',
        subresource: resourceAttributes.subresource || undefined,
        namespace: resourceAttributes.namespace || undefined,
        name: resourceAttributes.name || undefined,
      })
    : access.authorize(user, {
        verb: nonResourceAttributes?.verb ?? '',
        path: nonResourceAttributes?.path ?? '',
      });
  return { allowed };
}
