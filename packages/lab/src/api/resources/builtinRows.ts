import type { ResourceType } from './ResourceType';

/** A kind, told by what it does not share with most. */
export type Row = Pick<ResourceType, 'kind'> &
  Partial<Omit<ResourceType, 'kind' | 'group' | 'version'>>;

const EVENT_FIELDS = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
];

const POD_FIELDS = [
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'spec.hostNetwork',
  'status.phase',
  'status.podIP',
  'status.nominatedNodeName',
];

/** A workload's kind: it has a status, can be scaled, belongs to `kubectl get all` and counts its generations. */
const WORKLOAD = {
  subresources: ['status', 'scale'],
  categories: ['all'],
  countsGenerations: true,
} satisfies Partial<ResourceType>;

/** Kubernetes' own kinds, by group and version; a group's first version is the one that clients prefer. To serve another, add a row. */
export const BUILTIN_ROWS: Record<string, Row[]> = {
  v1: [
    {
      kind: 'Namespace',
      namespaced: false,
      shortNames: ['ns'],
      subresources: ['status', 'finalize'],
      selectableFields: ['status.phase'],
    },
    {
      kind: 'Node',
      namespaced: false,
      shortNames: ['no'],
      subresources: ['status', 'proxy'],
      selectableFields: ['spec.unschedulable'],
    },
    {
      kind: 'Pod',
      shortNames: ['po'],
      categories: ['all'],
      subresources: ['status', 'log', 'exec', 'proxy', 'binding', 'eviction'],
      countsGenerations: true,
      selectableFields: POD_FIELDS,
    },
    {
      kind: 'Service',
      shortNames: ['svc'],
      categories: ['all'],
      subresources: ['status', 'proxy'],
      selectableFields: ['spec.clusterIP', 'spec.type'],
    },
    {
      kind: 'Endpoints',
      plural: 'endpoints',
      singular: 'endpoints',
      shortNames: ['ep'],
    },
    { kind: 'ConfigMap', shortNames: ['cm'] },
    { kind: 'Secret', selectableFields: ['type'] },
    { kind: 'ServiceAccount', shortNames: ['sa'], subresources: ['token'] },
    { kind: 'Event', shortNames: ['ev'], selectableFields: EVENT_FIELDS },
    {
      kind: 'PersistentVolumeClaim',
      shortNames: ['pvc'],
      subresources: ['status'],
    },
    {
      kind: 'PersistentVolume',
      namespaced: false,
      shortNames: ['pv'],
      subresources: ['status'],
    },
    { kind: 'PodTemplate', countsGenerations: true },
    { kind: 'LimitRange', shortNames: ['limits'] },
    {
      kind: 'ResourceQuota',
      shortNames: ['quota'],
      subresources: ['status'],
    },
    {
      kind: 'ReplicationController',
      ...WORKLOAD,
      shortNames: ['rc'],
      selectableFields: ['status.replicas'],
    },
  ],
  'apps/v1': [
    { kind: 'Deployment', ...WORKLOAD, shortNames: ['deploy'] },
    {
      kind: 'ReplicaSet',
      ...WORKLOAD,
      shortNames: ['rs'],
      selectableFields: ['status.replicas'],
    },
    { kind: 'StatefulSet', ...WORKLOAD, shortNames: ['sts'] },
    {
      kind: 'DaemonSet',
      ...WORKLOAD,
      shortNames: ['ds'],
      subresources: ['status'],
    },
    { kind: 'ControllerRevision' },
  ],
  'batch/v1': [
    {
      kind: 'Job',
      ...WORKLOAD,
      subresources: ['status'],
      selectableFields: ['status.successful'],
    },
    {
      kind: 'CronJob',
      ...WORKLOAD,
      shortNames: ['cj'],
      subresources: ['status'],
    },
  ],
  'autoscaling/v2': [
    {
      kind: 'HorizontalPodAutoscaler',
      shortNames: ['hpa'],
      categories: ['all'],
      subresources: ['status'],
    },
  ],
  'autoscaling/v1': [
    {
      kind: 'HorizontalPodAutoscaler',
      shortNames: ['hpa'],
      categories: ['all'],
      subresources: ['status'],
      storedAs: 'autoscaling/v2',
    },
  ],
  'events.k8s.io/v1': [{ kind: 'Event', shortNames: ['ev'], storedAs: 'v1' }],
  'networking.k8s.io/v1': [
    {
      kind: 'Ingress',
      plural: 'ingresses',
      shortNames: ['ing'],
      subresources: ['status'],
      countsGenerations: true,
    },
    {
      kind: 'NetworkPolicy',
      plural: 'networkpolicies',
      shortNames: ['netpol'],
      countsGenerations: true,
    },
  ],
  'policy/v1': [
    {
      kind: 'PodDisruptionBudget',
      shortNames: ['pdb'],
      subresources: ['status'],
      countsGenerations: true,
    },
  ],
  'rbac.authorization.k8s.io/v1': [
    { kind: 'Role' },
    { kind: 'RoleBinding' },
    { kind: 'ClusterRole', namespaced: false },
    { kind: 'ClusterRoleBinding', namespaced: false },
  ],
  'discovery.k8s.io/v1': [{ kind: 'EndpointSlice' }],
  'coordination.k8s.io/v1': [{ kind: 'Lease' }],
  'storage.k8s.io/v1': [
    {
      kind: 'StorageClass',
      plural: 'storageclasses',
      namespaced: false,
      shortNames: ['sc'],
    },
  ],
  'scheduling.k8s.io/v1': [
    {
      kind: 'PriorityClass',
      plural: 'priorityclasses',
      namespaced: false,
      shortNames: ['pc'],
    },
  ],
  'node.k8s.io/v1': [
    { kind: 'RuntimeClass', plural: 'runtimeclasses', namespaced: false },
  ],
  // Stored and served; the lab does not evaluate them.
  'admissionregistration.k8s.io/v1': [
    {
      kind: 'ValidatingAdmissionPolicy',
      plural: 'validatingadmissionpolicies',
      namespaced: false,
      subresources: ['status'],
      countsGenerations: true,
    },
    { kind: 'ValidatingAdmissionPolicyBinding', namespaced: false },
  ],
};
