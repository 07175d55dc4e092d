import type { RunningCluster } from '../../cluster/startCluster';
import { request } from '../../testing/request';
import { ADMIN_TOKEN, startTestCluster } from '../../testing/startTestCluster';

const REVIEW = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

describe('impersonation', () => {
  let cluster: RunningCluster;

  beforeAll(async () => {
    cluster = await startTestCluster();
  });

  afterAll(() => cluster.close());

  const call = (
    path: string,
    headers: Record<string, string>,
    { token = ADMIN_TOKEN, body }: { token?: string; body?: object } = {},
  ) =>
    request(cluster, path, {
      token,
      headers,
      body,
      method: body ? 'POST' : 'GET',
    });

  it.each<[string, Record<string, string>, string[]]>([
    ['a user', { 'Impersonate-User': 'bob' }, ['system:authenticated']],
    [
      'a user of a group',
      { 'Impersonate-User': 'bob', 'Impersonate-Group': 'readers' },
      ['readers', 'system:authenticated'],
    ],
    [
      'a service account',
      { 'Impersonate-User': 'system:serviceaccount:default:default' },
      [
        'system:serviceaccounts',
        'system:serviceaccounts:default',
        'system:authenticated',
      ],
    ],
  ])('makes an administrator %s', async (_what, headers, groups) => {
    const { body } = await call(REVIEW, headers, { body: { metadata: {} } });
    expect(body.status.userInfo).toEqual({
      username: headers['Impersonate-User'],
      groups,
    });
  });

  it('takes the rights of who is impersonated', async () => {
    const { code, body } = await call('/api/v1/nodes', {
      'Impersonate-User': 'bob',
    });
    expect([code, body.message]).toEqual([
      403,
      'nodes is forbidden: User "bob" cannot list resource "nodes" in API group "" at the cluster scope',
    ]);
  });

  it('is refused to those who may not, and by what the lab does not know', async () => {
    const token = cluster.access.issueServiceAccountToken('default', 'default');
    const refused = await call(
      '/api',
      { 'Impersonate-User': 'kubernetes-admin' },
      { token },
    );
    expect([refused.code, refused.body.message]).toEqual([
      403,
      expect.stringContaining('cannot impersonate resource "users"'),
    ]);
    const unknown = await call('/api', {
      'Impersonate-User': 'bob',
      'Impersonate-Extra-Scopes': 'all',
    });
    expect(unknown.code).toBe(403);
  });

  it('lists what somebody may do', async () => {
    const { body } = await call(
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      {},
      { body: { spec: { namespace: 'default' } } },
    );
    expect(body.status).toMatchObject({
      incomplete: false,
      resourceRules: expect.arrayContaining([
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      ]),
    });
  });
});
