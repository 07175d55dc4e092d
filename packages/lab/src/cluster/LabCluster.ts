import type { ClusterAccess } from '../api/ClusterAccess';
import type { ClusterStore } from '../api/ClusterStore';
import type { CertificateAuthority } from '../tls/CertificateAuthority';

/** One emulated cluster, as its kubelets, controllers and API server share it. */
export interface LabCluster {
  /** `cluster1`, `cluster2`. */
  name: string;
  /** 1 for `cluster1`. */
  index: number;
  store: ClusterStore;
  access: ClusterAccess;
  /** Signs every serving certificate of the cluster; pods find it in their ServiceAccount mount. */
  ca: CertificateAuthority;
  /** Where the API server listens (https). */
  apiServer: { host: string; port: number };
  /** The InternalIP of a node (1, 2 ...): its kubelet listens there. */
  nodeAddress(nodeIndex: number): string;
  /** The first three octets of the addresses of a node's pods, for example `127.41.11`. */
  podAddressPrefix(nodeIndex: number): string;
}
