import type { Row } from './builtinRows';

/** Versions that differ in name only. */
function alsoAs(rows: Row[], storedAs: string): Row[] {
  return rows.map(row => ({ ...row, storedAs }));
}

const CUSTOM = { isCustom: true, countsGenerations: true };

const ISTIO: Row[] = [
  { kind: 'VirtualService', ...CUSTOM, shortNames: ['vs'] },
  { kind: 'DestinationRule', ...CUSTOM, shortNames: ['dr'] },
];

const GATEWAY_CLASS: Row = {
  kind: 'GatewayClass',
  plural: 'gatewayclasses',
  ...CUSTOM,
  namespaced: false,
  shortNames: ['gc'],
  subresources: ['status'],
};
const GATEWAY: Row[] = [
  GATEWAY_CLASS,
  {
    kind: 'Gateway',
    ...CUSTOM,
    shortNames: ['gtw'],
    subresources: ['status'],
  },
  { kind: 'HTTPRoute', ...CUSTOM, subresources: ['status'] },
];

/**
 * Kinds of custom resource definitions: stored as they come, with nobody to act on them. Istio's own Gateway is not among them: the lab
 * tells kinds apart by name alone.
 */
export const CUSTOM_ROWS: Record<string, Row[]> = {
  'networking.istio.io/v1': ISTIO,
  'networking.istio.io/v1beta1': alsoAs(ISTIO, 'networking.istio.io/v1'),
  'networking.istio.io/v1alpha3': alsoAs(ISTIO, 'networking.istio.io/v1'),
  'gateway.networking.k8s.io/v1': GATEWAY,
  'gateway.networking.k8s.io/v1beta1': alsoAs(
    GATEWAY,
    'gateway.networking.k8s.io/v1',
  ),
};
