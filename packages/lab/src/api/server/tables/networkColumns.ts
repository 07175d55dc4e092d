import { AGE, NAME, column, formatSelector, type Column } from './columns';

const hostsOf = (rules: any[] | undefined) =>
  (rules ?? []).map(({ host }) => host || '*').join(',') || '*';

/** The columns of what limits and steers workloads and their traffic. */
export const NETWORK_COLUMNS: Record<string, Column[]> = {
  Ingress: [
    NAME,
    column('Class', ({ spec }) => spec?.ingressClassName),
    column('Hosts', ({ spec }) => hostsOf(spec?.rules)),
    column('Address', () => ''),
    column('Ports', ({ spec }) => (spec?.tls ? '80, 443' : '80')),
    AGE,
  ],
  NetworkPolicy: [
    NAME,
    column('Pod-Selector', ({ spec }) => formatSelector(spec?.podSelector)),
    AGE,
  ],
  HorizontalPodAutoscaler: [
    NAME,
    column(
      'Reference',
      ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    ),
    column('Targets', ({ spec }) =>
      (spec.metrics ?? [])
        .map(
          ({ resource }: any) =>
            `${resource?.name}: <unknown>/${resource?.target?.averageUtilization}%`,
        )
        .join(', '),
    ),
    column('MinPods', ({ spec }) => spec.minReplicas ?? 1),
    column('MaxPods', ({ spec }) => spec.maxReplicas),
    column('Replicas', ({ status }) => status?.currentReplicas ?? 0),
    AGE,
  ],
  HTTPRoute: [
    NAME,
    column('Hostnames', ({ spec }) => JSON.stringify(spec?.hostnames ?? [])),
    AGE,
  ],
  VirtualService: [
    NAME,
    column('Gateways', ({ spec }) => JSON.stringify(spec?.gateways ?? [])),
    column('Hosts', ({ spec }) => JSON.stringify(spec?.hosts ?? [])),
    AGE,
  ],
  DestinationRule: [NAME, column('Host', ({ spec }) => spec?.host), AGE],
};
