import type { KubeObject } from '../../ClusterStore';
import {
  AGE,
  CONTAINERS,
  NAME,
  SELECTOR,
  column,
  formatAge,
  formatDuration,
  formatList,
  type Column,
} from './columns';
import { POD_COLUMNS } from './podColumns';
import { NETWORK_COLUMNS } from './networkColumns';
import { STORAGE_COLUMNS } from './storageColumns';

const integer = { type: 'integer' } as const;
const wide = { priority: 1 };

const DESIRED_AND_READY: Column[] = [
  column('Desired', ({ spec }) => spec.replicas ?? 0, integer),
  column('Current', ({ status }) => status?.replicas ?? 0, integer),
  column('Ready', ({ status }) => status?.readyReplicas ?? 0, integer),
];

/** The columns by kind, as kubectl users know them. Kinds that are not here show name and age. */
export const TABLE_COLUMNS: Record<string, Column[]> = {
  Pod: POD_COLUMNS,
  Namespace: [NAME, column('Status', ({ status }) => status?.phase), AGE],
  Node: [
    NAME,
    column('Status', describeNode),
    column('Roles', ({ metadata }) =>
      formatList(
        Object.keys(metadata.labels ?? {})
          .filter(label => label.startsWith('node-role.kubernetes.io/'))
          .map(label => label.slice('node-role.kubernetes.io/'.length)),
      ),
    ),
    AGE,
    column('Version', ({ status }) => status?.nodeInfo?.kubeletVersion),
    column('Internal-IP', nodeAddress('InternalIP'), wide),
    column('External-IP', nodeAddress('ExternalIP'), wide),
    column('OS-Image', ({ status }) => status?.nodeInfo?.osImage, wide),
    column(
      'Kernel-Version',
      ({ status }) => status?.nodeInfo?.kernelVersion,
      wide,
    ),
    column(
      'Container-Runtime',
      ({ status }) => status?.nodeInfo?.containerRuntimeVersion,
      wide,
    ),
  ],
  Deployment: [
    NAME,
    readyOfDesired(),
    column('Up-to-date', ({ status }) => status?.updatedReplicas ?? 0, integer),
    column(
      'Available',
      ({ status }) => status?.availableReplicas ?? 0,
      integer,
    ),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  ReplicaSet: [NAME, ...DESIRED_AND_READY, AGE, ...CONTAINERS, SELECTOR],
  ReplicationController: [NAME, ...DESIRED_AND_READY, AGE, ...CONTAINERS],
  StatefulSet: [NAME, readyOfDesired(), AGE, ...CONTAINERS],
  DaemonSet: [
    NAME,
    ...(
      [
        ['Desired', 'desiredNumberScheduled'],
        ['Current', 'currentNumberScheduled'],
        ['Ready', 'numberReady'],
        ['Up-to-date', 'updatedNumberScheduled'],
        ['Available', 'numberAvailable'],
      ] as const
    ).map(([name, field]) =>
      column(name, ({ status }) => status?.[field] ?? 0, integer),
    ),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  Job: [
    NAME,
    column('Status', describeJob),
    column(
      'Completions',
      ({ spec, status }) =>
        `${status?.succeeded ?? 0}/${spec.completions ?? 1}`,
    ),
    column('Duration', ({ status }, now) =>
      status?.startTime
        ? formatDuration(
            (status.completionTime ? Date.parse(status.completionTime) : now) -
              Date.parse(status.startTime),
          )
        : '',
    ),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  CronJob: [
    NAME,
    column('Schedule', ({ spec }) => spec.schedule),
    column('Suspend', ({ spec }) => (spec.suspend ? 'True' : 'False')),
    column('Active', ({ status }) => status?.active?.length ?? 0, integer),
    column('Last Schedule', ({ status }, now) =>
      status?.lastScheduleTime
        ? formatAge(status.lastScheduleTime, now)
        : undefined,
    ),
    AGE,
  ],
  Service: [
    NAME,
    column('Type', ({ spec }) => spec.type),
    column('Cluster-IP', ({ spec }) => spec.clusterIP),
    column('External-IP', () => undefined),
    column('Port(s)', ({ spec }) =>
      formatList((spec.ports ?? []).map((p: any) => `${p.port}/${p.protocol}`)),
    ),
    AGE,
    column(
      'Selector',
      ({ spec }) =>
        formatList(Object.entries(spec.selector ?? {}).map(e => e.join('='))),
      wide,
    ),
  ],
  Endpoints: [
    NAME,
    column('Endpoints', ({ subsets = [] }) =>
      formatList(
        subsets.flatMap(({ addresses = [], ports = [] }: any) =>
          addresses.flatMap(({ ip }: any) =>
            ports.length ? ports.map(({ port }: any) => `${ip}:${port}`) : [ip],
          ),
        ),
      ),
    ),
    AGE,
  ],
  EndpointSlice: [
    NAME,
    column('AddressType', ({ addressType }) => addressType),
    column('Ports', ({ ports = [] }) =>
      formatList(ports.map(({ port }: any) => port)),
    ),
    column('Endpoints', ({ endpoints = [] }) =>
      formatList(endpoints.flatMap(({ addresses }: any) => addresses)),
    ),
    AGE,
  ],
  PodDisruptionBudget: [
    NAME,
    column('Min Available', ({ spec }) => spec.minAvailable ?? 'N/A'),
    column('Max Unavailable', ({ spec }) => spec.maxUnavailable ?? 'N/A'),
    column(
      'Allowed Disruptions',
      ({ status }) => status?.disruptionsAllowed ?? 0,
      integer,
    ),
    AGE,
  ],
  ...STORAGE_COLUMNS,
  ...NETWORK_COLUMNS,
  ConfigMap: [
    NAME,
    column('Data', ({ data }) => Object.keys(data ?? {}).length, integer),
    AGE,
  ],
  Secret: [
    NAME,
    column('Type', ({ type }) => type),
    column('Data', ({ data }) => Object.keys(data ?? {}).length, integer),
    AGE,
  ],
  Event: [
    column('Last Seen', ({ lastTimestamp }, now) =>
      formatAge(lastTimestamp, now),
    ),
    column('Type', ({ type }) => type),
    column('Reason', ({ reason }) => reason),
    column(
      'Object',
      ({ involvedObject }) =>
        `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`,
    ),
    column('Message', ({ message }) => message),
    column('Count', ({ count }) => count ?? 1, { ...wide, ...integer }),
    { ...NAME, priority: 1 },
  ],
};

export const DEFAULT_COLUMNS: Column[] = [NAME, AGE];

function readyOfDesired(): Column {
  return column(
    'Ready',
    ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
  );
}

function describeNode({ spec, status }: KubeObject): string {
  const ready = (status?.conditions ?? []).find((c: any) => c.type === 'Ready');
  const states = [
    describeReady(ready?.status),
    ...(spec?.unschedulable ? ['SchedulingDisabled'] : []),
  ];
  return states.join(',');
}

/** A node that is not heard of is not ready; one that never said anything is unknown. */
function describeReady(status: string | undefined): string {
  if (!status) {
    return 'Unknown';
  }
  return status === 'True' ? 'Ready' : 'NotReady';
}

function nodeAddress(type: string) {
  return ({ status }: KubeObject) =>
    (status?.addresses ?? []).find((a: any) => a.type === type)?.address;
}

function describeJob({ spec, status }: KubeObject): string {
  const holds = (type: string) =>
    (status?.conditions ?? []).some(
      (c: any) => c.type === type && c.status === 'True',
    );
  if (holds('Complete')) {
    return 'Complete';
  }
  if (holds('Failed')) {
    return 'Failed';
  }
  return spec.suspend ? 'Suspended' : 'Running';
}
