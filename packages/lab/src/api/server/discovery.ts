import {
  RESOURCE_TYPES,
  type ResourceType,
  type Subresource,
} from '../resources';
import { REVIEWS } from './reviews';
import { buildOpenApi, listOpenApi } from './openapi';

/** What the lab says it is: a cluster of the version that its answers were recorded from. */
const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: '98b35193b2ac7a23a673325f5e9b830ecd5ba406',
  gitTreeState: 'clean',
  buildDate: '2026-11-23T00:00:00Z',
  goVersion: 'go1.26.11',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const WRITABLE = ['get', 'patch', 'update'];

/** What a subresource offers, and the kind where it is not its parent's. */
const SUBRESOURCES: Record<
  Subresource,
  { verbs: string[]; kind?: string; group?: string; version?: string }
> = {
  status: { verbs: WRITABLE },
  scale: {
    verbs: WRITABLE,
    kind: 'Scale',
    group: 'autoscaling',
    version: 'v1',
  },
  log: { verbs: ['get'] },
  exec: { verbs: ['create', 'get'], kind: 'PodExecOptions' },
  binding: { verbs: ['create'], kind: 'Binding' },
  eviction: {
    verbs: ['create'],
    kind: 'Eviction',
    group: 'policy',
    version: 'v1',
  },
  token: {
    verbs: ['create'],
    kind: 'TokenRequest',
    group: 'authentication.k8s.io',
    version: 'v1',
  },
  proxy: {
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
  },
  finalize: { verbs: ['update'] },
};

interface GroupVersion {
  group: string;
  version: string;
}

const GROUP_VERSIONS: GroupVersion[] = [
  ...new Map(
    [...RESOURCE_TYPES, ...REVIEWS].map(({ group, version }) => [
      `${group}/${version}`,
      { group, version },
    ]),
  ).values(),
];

const GROUPS = [...new Set(GROUP_VERSIONS.map(({ group }) => group))];

/** The answer to a path that is not a resource, text or JSON; undefined where there is nothing. */
export function answerPath(
  path: string,
  serverAddress: string,
): string | object | undefined {
  if (/^\/(healthz|livez|readyz)(\/|$)/.test(path)) {
    return 'ok';
  }
  switch (path.replace(/\/$/, '')) {
    case '/version':
      return VERSION;
    case '/api':
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [
          { clientCIDR: '0.0.0.0/0', serverAddress },
        ],
      };
    case '/apis':
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: GROUPS.filter(Boolean).map(describeGroup),
      };
    case '/openapi/v3':
      return listOpenApi(GROUP_VERSIONS);
    default:
      return answerGroupPath(path);
  }
}

function answerGroupPath(path: string): object | undefined {
  const openApi = path.replace(/^\/openapi\/v3/, '');
  const served = GROUP_VERSIONS.find(groupVersion =>
    [path, openApi].includes(pathOf(groupVersion)),
  );
  if (served) {
    return openApi === path ? listResources(served) : buildOpenApi(served);
  }
  const group = GROUPS.filter(Boolean).find(name => path === `/apis/${name}`);
  return group === undefined
    ? undefined
    : { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group) };
}

/** For example `/apis/apps/v1`, and `/api/v1` for the core group. */
export function pathOf({ group, version }: GroupVersion): string {
  return group ? `/apis/${group}/${version}` : `/api/${version}`;
}

function describeGroup(name: string) {
  const versions = GROUP_VERSIONS.filter(({ group }) => group === name).map(
    ({ group, version }) => ({ groupVersion: `${group}/${version}`, version }),
  );
  return { name, versions, preferredVersion: versions[0] };
}

function listResources({ group, version }: GroupVersion) {
  const isServed = (candidate: GroupVersion) =>
    candidate.group === group && candidate.version === version;
  return {
    kind: 'APIResourceList',
    ...(group ? { apiVersion: 'v1' } : {}),
    groupVersion: group ? `${group}/${version}` : version,
    resources: [
      ...RESOURCE_TYPES.filter(isServed).flatMap(describeType),
      ...REVIEWS.filter(isServed).map(({ plural, kind, namespaced }) => ({
        name: plural,
        singularName: kind.toLowerCase(),
        namespaced,
        kind,
        verbs: ['create'],
      })),
    ],
  };
}

function describeType(type: ResourceType) {
  const { plural, singular, namespaced, kind, shortNames, categories } = type;
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: ALL_VERBS,
      ...(shortNames.length ? { shortNames } : {}),
      ...(categories.length ? { categories } : {}),
    },
    ...type.subresources.map(name => ({
      name: `${plural}/${name}`,
      singularName: '',
      namespaced,
      kind: name === 'proxy' ? `${kind}ProxyOptions` : kind,
      ...SUBRESOURCES[name],
    })),
  ];
}
