import type { ObjectDraft } from '../ClusterStore';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const WORKLOAD_GROUPS = [
  'apps',
  'batch',
  'autoscaling',
  'networking.k8s.io',
  'policy',
  'discovery.k8s.io',
];
/** What `view` may see of the core group: no Secrets, and nothing by which a token could be had. */
const VIEWED_CORE = [
  'bindings',
  'configmaps',
  'endpoints',
  'events',
  'limitranges',
  'namespaces',
  'namespaces/status',
  'persistentvolumeclaims',
  'persistentvolumeclaims/status',
  'pods',
  'pods/log',
  'pods/status',
  'replicationcontrollers',
  'replicationcontrollers/scale',
  'replicationcontrollers/status',
  'resourcequotas',
  'resourcequotas/status',
  'serviceaccounts',
  'services',
  'services/status',
];
const EDITED_CORE = [
  'configmaps',
  'events',
  'persistentvolumeclaims',
  'pods',
  'pods/attach',
  'pods/eviction',
  'pods/exec',
  'pods/portforward',
  'pods/proxy',
  'replicationcontrollers',
  'replicationcontrollers/scale',
  'secrets',
  'serviceaccounts',
  'serviceaccounts/token',
  'services',
  'services/proxy',
];

const view = [
  { apiGroups: [''], resources: VIEWED_CORE, verbs: READ },
  { apiGroups: WORKLOAD_GROUPS, resources: ['*'], verbs: READ },
];
const edit = [
  ...view,
  { apiGroups: [''], resources: EDITED_CORE, verbs: [...READ, ...WRITE] },
  { apiGroups: WORKLOAD_GROUPS, resources: ['*'], verbs: WRITE },
];

/** The ClusterRoles that every cluster has, reduced to what the lab serves. */
const ROLES: Record<string, object[]> = {
  'cluster-admin': [
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    { nonResourceURLs: ['*'], verbs: ['*'] },
  ],
  admin: [
    ...edit,
    {
      apiGroups: ['rbac.authorization.k8s.io'],
      resources: ['roles', 'rolebindings'],
      verbs: [...READ, ...WRITE],
    },
  ],
  edit,
  view,
  // Without nodes/checkpoint: kubeadm no longer grants it to the API server since 1.33.12, 1.34.8, 1.35.5 and 1.36.1.
  'system:kubelet-api-admin': [
    { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['nodes'], verbs: ['proxy'] },
    {
      apiGroups: [''],
      resources: ['nodes/log', 'nodes/metrics', 'nodes/proxy', 'nodes/stats'],
      verbs: ['*'],
    },
  ],
  'system:basic-user': [
    {
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      verbs: ['create'],
    },
    {
      apiGroups: ['authentication.k8s.io'],
      resources: ['selfsubjectreviews'],
      verbs: ['create'],
    },
  ],
  'system:discovery': [
    {
      nonResourceURLs: [
        '/api',
        '/api/*',
        '/apis',
        '/apis/*',
        '/healthz',
        '/livez',
        '/openapi',
        '/openapi/*',
        '/readyz',
        '/version',
        '/version/',
      ],
      verbs: ['get'],
    },
  ],
  'system:public-info-viewer': [
    {
      nonResourceURLs: [
        '/healthz',
        '/livez',
        '/readyz',
        '/version',
        '/version/',
      ],
      verbs: ['get'],
    },
  ],
};

/** Which of the roles is bound to whom: `Kind:name`. */
const BINDINGS: Record<string, { role: string; subjects: string[] }> = {
  'cluster-admin': {
    role: 'cluster-admin',
    subjects: ['Group:system:masters'],
  },
  'kubeadm:cluster-admins': {
    role: 'cluster-admin',
    subjects: ['Group:kubeadm:cluster-admins'],
  },
  'kubeadm:apiserver-kubelet-client': {
    role: 'system:kubelet-api-admin',
    subjects: ['User:kube-apiserver-kubelet-client'],
  },
  'system:basic-user': {
    role: 'system:basic-user',
    subjects: ['Group:system:authenticated'],
  },
  'system:discovery': {
    role: 'system:discovery',
    subjects: ['Group:system:authenticated'],
  },
  'system:public-info-viewer': {
    role: 'system:public-info-viewer',
    subjects: ['Group:system:authenticated', 'Group:system:unauthenticated'],
  },
};

const RBAC = 'rbac.authorization.k8s.io';

/** The roles and bindings that every new cluster starts with. */
export function builtinRoles(): ObjectDraft[] {
  const metadataOf = (name: string) => ({
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
  });
  return [
    ...Object.entries(ROLES).map(([name, rules]) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: metadataOf(name),
      rules,
    })),
    ...Object.entries(BINDINGS).map(([name, { role, subjects }]) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: metadataOf(name),
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: subjects.map(subject => {
        const [kind, ...rest] = subject.split(':');
        return { apiGroup: RBAC, kind, name: rest.join(':') };
      }),
    })),
  ];
}
