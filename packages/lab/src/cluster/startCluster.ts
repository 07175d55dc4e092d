import { loadExpressions } from '../api/admission/evaluateExpression';
import { LabAccess, builtinRoles } from '../api/access';
import { FieldOwners } from '../api/ownership/FieldOwners';
import { ApiServer } from '../api/server';
import { ObjectStore } from '../api/store';
import { PROVISIONER, allControllers, runControllers } from '../controllers';
import { Faults } from '../faults/Faults';
import { CertificateAuthority } from '../tls/CertificateAuthority';
import type { LabCluster } from './LabCluster';
import { planAddresses } from './planAddresses';

const FIRST_NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
];

const DEFAULT_STORAGE_CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: PROVISIONER,
};

export interface ClusterOptions {
  /** From 1. */
  index: number;
  /** The API server's address and port. */
  host: string;
  port: number;
  /** The second octet of the first cluster's addresses. */
  subnet: number;
  /** The administrator's bearer token. */
  adminToken: string;
  /** How many changes watches can go back by. */
  rememberedChanges?: number;
  faults?: Faults;
  /** The longest that pods stay on a lost node. */
  evictionSeconds?: number;
  /** Whether ValidatingAdmissionPolicies are evaluated; without it they are merely stored. */
  enforcesPolicies?: boolean;
  /** Told what goes wrong inside the cluster's own components. */
  onError: (component: string, error: unknown) => void;
}

/** A cluster that runs: the contract of its nodes, with what the lab itself needs beside it. */
export interface RunningCluster extends LabCluster {
  store: ObjectStore;
  access: LabAccess;
  close(): Promise<void>;
}

/** Starts a fresh cluster without nodes: store, access, controllers and API server. */
export async function startCluster({
  index,
  host,
  port,
  subnet,
  adminToken,
  rememberedChanges,
  faults = new Faults(),
  evictionSeconds,
  enforcesPolicies = false,
  onError,
}: ClusterOptions): Promise<RunningCluster> {
  const name = `cluster${index}`;
  const ca = await CertificateAuthority.create(`${name}-ca`);
  const store = new ObjectStore({
    onListenerError: error => onError(`${name}: watch`, error),
    rememberedChanges,
  });
  const fieldOwners = new FieldOwners();
  store.log.listen(({ event, object }) => {
    if (event === 'DELETED') {
      fieldOwners.forget(object.metadata.uid);
    }
  });
  const access = new LabAccess(store, { adminToken });
  const cluster = {
    name,
    index,
    store,
    access,
    ca,
    apiServer: { host, port },
    faults,
    fieldOwners,
    evaluateExpression: enforcesPolicies ? await loadExpressions() : undefined,
    ...planAddresses(subnet, index),
  };
  for (const namespace of FIRST_NAMESPACES) {
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
  }
  store.create(DEFAULT_STORAGE_CLASS);
  builtinRoles().forEach(role => store.create(role));
  const server = await ApiServer.start(cluster);
  const stopControllers = runControllers(
    store,
    allControllers(store, { caPem: ca.certificatePem, evictionSeconds }),
    (controller, error) => onError(`${name}: ${controller}`, error),
  );
  return {
    ...cluster,
    apiServer: { host, port: server.port },
    async close() {
      stopControllers();
      await server.close();
    },
  };
}
