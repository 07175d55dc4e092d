import type { KubeObject, ObjectDraft } from '../../api/ClusterStore';
import { controllerReference } from '../ownership';
import { isOver, isReady } from '../podState';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const MANAGER_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const SLICE_MANAGER = 'endpointslice-controller.k8s.io';

interface ServicePort {
  name?: string;
  port: number;
  protocol: string;
  targetPort: number | string;
}

/** Where a service's traffic may go: the pods of its selector that have an address, with what is known of each. */
export function findEndpoints(service: KubeObject, pods: KubeObject[]) {
  const isAnyWelcome = service.spec.publishNotReadyAddresses === true;
  return pods
    .filter(pod => pod.status?.podIP && !isOver(pod))
    .map(pod => {
      const isTerminating = pod.metadata.deletionTimestamp !== undefined;
      return {
        pod,
        address: pod.status.podIP as string,
        isReady: isAnyWelcome || (isReady(pod) && !isTerminating),
        isServing: isReady(pod),
        isTerminating,
      };
    })
    .sort((left, right) => (left.address < right.address ? -1 : 1));
}

export type Endpoint = ReturnType<typeof findEndpoints>[number];

/** The service's EndpointSlice: every endpoint with its conditions. */
export function buildSlice(
  service: KubeObject,
  endpoints: Endpoint[],
): ObjectDraft {
  const { name, namespace } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: {
        ...service.metadata.labels,
        [MANAGER_LABEL]: SLICE_MANAGER,
        [SERVICE_LABEL]: name,
      },
      ownerReferences: [controllerReference(service)],
    },
    addressType: 'IPv4',
    endpoints: endpoints.map(endpoint => ({
      addresses: [endpoint.address],
      conditions: {
        ready: endpoint.isReady,
        serving: endpoint.isServing,
        terminating: endpoint.isTerminating,
      },
      nodeName: endpoint.pod.spec.nodeName,
      targetRef: referTo(endpoint.pod),
    })),
    ports: resolvePorts(service, endpoints[0]?.pod),
  };
}

/** The service's Endpoints, the older form: who is ready and who is not; pods that are being deleted are in neither. */
export function buildEndpoints(
  service: KubeObject,
  endpoints: Endpoint[],
): ObjectDraft {
  const { metadata } = service;
  const addressesOf = (wanted: boolean) =>
    endpoints
      .filter(
        ({ isReady: ready, isTerminating }) =>
          ready === wanted && !isTerminating,
      )
      .map(({ address, pod }) => ({
        ip: address,
        nodeName: pod.spec.nodeName,
        targetRef: referTo(pod),
      }));
  const [ready, notReady] = [addressesOf(true), addressesOf(false)];
  const ports = resolvePorts(service, endpoints[0]?.pod);
  const subset = {
    ...(ready.length ? { addresses: ready } : {}),
    ...(notReady.length ? { notReadyAddresses: notReady } : {}),
    ...(ports.length ? { ports } : {}),
  };
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      labels: {
        ...metadata.labels,
        'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      },
    },
    ...(ready.length + notReady.length > 0 ? { subsets: [subset] } : {}),
  };
}

function referTo({ metadata }: KubeObject) {
  const { namespace, name, uid } = metadata;
  return { kind: 'Pod', namespace, name, uid };
}

/** The pods' ports; one that a service calls by name is looked up in a pod. */
function resolvePorts({ spec }: KubeObject, pod: KubeObject | undefined) {
  const ports: ServicePort[] = spec.ports ?? [];
  return ports.flatMap(({ name, protocol, targetPort }) => {
    const port =
      typeof targetPort === 'number'
        ? targetPort
        : findNamedPort(pod, targetPort);
    return port === undefined
      ? []
      : [{ ...(name ? { name } : {}), port, protocol }];
  });
}

function findNamedPort(pod: KubeObject | undefined, wanted: string) {
  const containers: any[] = pod?.spec.containers ?? [];
  return containers
    .flatMap(({ ports = [] }) => ports)
    .find(({ name }) => name === wanted)?.containerPort as number | undefined;
}
