import type { KubeObject } from '../ClusterStore';
import { matchesSelector } from '../selectors';

/**
 * Whether a pod's NetworkPolicies let traffic in that comes from no pod, such as that of the API server's proxy: without a policy about
 * ingress all is let in, with one only what some rule of one allows (https://kubernetes.io/docs/concepts/services-networking/network-policies).
 */
export function admitsTraffic(
  pod: KubeObject,
  policies: KubeObject[],
  port: number,
): boolean {
  const concerned = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.metadata.namespace &&
      (spec.policyTypes ?? ['Ingress']).includes('Ingress') &&
      matchesSelector(spec.podSelector ?? {}, pod.metadata.labels),
  );
  return (
    concerned.length === 0 ||
    concerned.some(({ spec }) =>
      (spec.ingress ?? []).some(
        ({ from = [], ports = [] }: { from?: any[]; ports?: any[] }) =>
          (from.length === 0 || from.some(admitsEverywhere)) &&
          (ports.length === 0 || ports.some(rule => includes(rule, pod, port))),
      ),
    )
  );
}

/** Only whole ranges of addresses mean those who are no pods; which addresses those have in the lab is nobody's business. */
function admitsEverywhere({ ipBlock }: { ipBlock?: { cidr: string } }) {
  return ipBlock?.cidr === '0.0.0.0/0';
}

function includes(
  { port: wanted, endPort }: { port?: number | string; endPort?: number },
  { spec }: KubeObject,
  port: number,
): boolean {
  if (wanted === undefined) {
    return true;
  }
  if (typeof wanted === 'number') {
    return port >= wanted && port <= (endPort ?? wanted);
  }
  return spec.containers.some((container: any) =>
    (container.ports ?? []).some(
      (named: any) => named.name === wanted && named.containerPort === port,
    ),
  );
}
