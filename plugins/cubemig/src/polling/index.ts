export { StaleMarker } from './StaleMarker';
export { usePolling } from './usePolling';
export type { Polled } from './usePolling';
