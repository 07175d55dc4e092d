/**
 * Where everything of a cluster listens: all of it loopback, so that nothing leaves the machine. Cluster 1 of subnet 41 has 127.41.0.0/16,
 * cluster 2 has 127.42.0.0/16.
 */
export function planAddresses(subnet: number, clusterIndex: number) {
  const network = `127.${subnet + clusterIndex - 1}`;
  return {
    /** 127.41.0.11, 127.41.0.12 ... */
    nodeAddress: (nodeIndex: number) => `${network}.0.${10 + nodeIndex}`,
    /** Pods of node 1 are 127.41.11.x. */
    podAddressPrefix: (nodeIndex: number) => `${network}.${10 + nodeIndex}`,
  };
}
