import type { ObjectDraft } from '../ClusterStore';
import { ObjectStore } from '../store';
import { LabAccess } from './LabAccess';
import { builtinRoles } from './builtinRoles';

const RBAC = 'rbac.authorization.k8s.io/v1';

function setUp(now?: () => number) {
  const store = new ObjectStore({
    onListenerError: error => {
      throw error;
    },
  });
  builtinRoles().forEach(role => store.create(role));
  const drafts: ObjectDraft[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cubemig' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } },
    ...['default', 'courier', 'backstage'].map(name => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace: 'cubemig' },
    })),
    {
      apiVersion: RBAC,
      kind: 'ClusterRole',
      metadata: { name: 'checkpoint' },
      rules: [
        { apiGroups: [''], resources: ['nodes/checkpoint'], verbs: ['create'] },
      ],
    },
    {
      apiVersion: RBAC,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'courier' },
      roleRef: { kind: 'ClusterRole', name: 'checkpoint' },
      subjects: [
        { kind: 'ServiceAccount', name: 'courier', namespace: 'cubemig' },
      ],
    },
    {
      apiVersion: RBAC,
      kind: 'Role',
      metadata: { name: 'one-secret', namespace: 'demo' },
      rules: [
        {
          apiGroups: [''],
          resources: ['secrets'],
          resourceNames: ['mine'],
          verbs: ['get'],
        },
        { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] },
      ],
    },
    {
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { name: 'backstage', namespace: 'demo' },
      roleRef: { kind: 'Role', name: 'one-secret' },
      subjects: [
        { kind: 'ServiceAccount', name: 'backstage', namespace: 'cubemig' },
      ],
    },
  ];
  drafts.forEach(draft => store.create(draft));
  const access = new LabAccess(store, { adminToken: 'admin', now });
  const userOf = (account: string) =>
    access.authenticate(access.issueServiceAccountToken('cubemig', account))!;
  return { store, access, userOf };
}

const CHECKPOINT = {
  verb: 'create',
  group: '',
  resource: 'nodes',
  subresource: 'checkpoint',
  name: 'cluster1-a',
};

describe('LabAccess', () => {
  it('lets nobody checkpoint but who was granted it', () => {
    const { access, userOf } = setUp();
    const courier = userOf('courier');
    expect(courier).toMatchObject({
      username: 'system:serviceaccount:cubemig:courier',
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:cubemig',
        'system:authenticated',
      ],
    });
    expect(access.authorize(courier, CHECKPOINT)).toBe(true);
    for (const other of [
      { ...CHECKPOINT, subresource: 'proxy' },
      { ...CHECKPOINT, subresource: undefined },
      { ...CHECKPOINT, verb: 'get' },
    ]) {
      expect(access.authorize(courier, other)).toBe(false);
    }
    expect(access.authorize(userOf('default'), CHECKPOINT)).toBe(false);
  });

  it("refuses nodes/checkpoint to the API server's own identity, as kubeadm does since 1.36.1", () => {
    const { access } = setUp();
    const user = access.authenticate(access.kubeletClientToken)!;
    expect(user.username).toBe('kube-apiserver-kubelet-client');
    expect(access.authorize(user, CHECKPOINT)).toBe(false);
    expect(
      access.authorize(user, { ...CHECKPOINT, subresource: 'proxy' }),
    ).toBe(true);
  });

  it('limits a role to its namespace and names', () => {
    const { access, userOf } = setUp();
    const user = userOf('backstage');
    const get = { verb: 'get', group: '', resource: 'secrets' };
    const ask = (attributes: object) =>
      access.authorize(user, { ...get, ...attributes });
    expect(ask({ namespace: 'demo', name: 'mine' })).toBe(true);
    expect(ask({ namespace: 'demo', name: 'other' })).toBe(false);
    expect(ask({ namespace: 'demo' })).toBe(false);
    expect(ask({ namespace: 'cubemig', name: 'mine' })).toBe(false);
    expect(
      ask({
        group: 'apps',
        resource: 'deployments',
        subresource: 'scale',
        verb: 'patch',
        namespace: 'demo',
      }),
    ).toBe(true);
  });

  it('allows everything to administrators and the group system:masters', () => {
    const { access } = setUp();
    expect(access.authorize(access.authenticate('admin')!, CHECKPOINT)).toBe(
      true,
    );
    expect(
      access.authorize(
        { username: 'x', groups: ['system:masters'] },
        { verb: 'get', path: '/metrics' },
      ),
    ).toBe(true);
  });

  it('knows no token that is forged, altered or expired', () => {
    let now = Date.now();
    const { access } = setUp(() => now);
    const token = access.issueServiceAccountToken('cubemig', 'courier');
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    claims['kubernetes.io'].serviceaccount.name = 'backstage';
    const altered = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(access.authenticate(token)).toBeDefined();
    expect(
      access.authenticate(`${header}.${altered}.${signature}`),
    ).toBeUndefined();
    expect(access.authenticate('nonsense')).toBeUndefined();
    expect(access.authenticate('')).toBeUndefined();
    now += 3601_000;
    expect(access.authenticate(token)).toBeUndefined();
  });

  it('lets a token die with its pod and with its account', () => {
    const { access, store } = setUp();
    const pod = store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'courier', namespace: 'cubemig' },
      spec: {
        serviceAccountName: 'courier',
        containers: [{ name: 'c', image: 'i:1' }],
      },
    });
    const bound = access.issueServiceAccountToken('cubemig', 'courier', {
      pod,
    });
    const free = access.issueServiceAccountToken('cubemig', 'courier');
    store.delete('Pod', 'cubemig', 'courier');
    expect(access.authenticate(bound)).toBeUndefined();
    expect(access.authenticate(free)).toBeDefined();
    store.delete('ServiceAccount', 'cubemig', 'courier');
    expect(access.authenticate(free)).toBeUndefined();
  });
});
