import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCluster, type RunningCluster } from '../cluster/startCluster';
import { startControlServer } from '../control/startControlServer';
import type { Falco } from '../falco/Falco';
import { startFalco } from '../falco/startFalco';
import { Faults } from '../faults/Faults';
import { seedImages } from '../images/seedImages';
import { startKubelet } from '../kubelet/startKubelet';
import { applyManifests } from '../manifests/applyManifests';
import { readManifests } from '../manifests/readManifests';
import { startRegistry, type Registry } from '../registry/startRegistry';
import { createRuntime } from '../runtime/createRuntime';
import { formatKubeconfig, serverUrl } from './kubeconfig';
import type { LabOptions } from './parseOptions';
import { createPolicyParameters } from './policyParameters';
import { createRegistrySecret } from './registrySecret';

const HOST = '127.0.0.1';
const CLUSTERS = 2;
const NODES_PER_CLUSTER = 2;
const COURIER_VERSION = '1';
/** Where CubeMig's own objects live. */
const NAMESPACE = 'cubemig';
const BACKSTAGE_ACCOUNT = 'backstage';

/** What lab.json tells those who use the lab. */
export interface LabInfo {
  /** Path of the kubeconfig. */
  kubeconfig: string;
  registry: { host: string; username: string; password: string };
  /** The courier image's reference, where there is one. */
  courierImage?: string;
  control: { url: string; token: string };
  clusters: {
    name: string;
    url: string;
    caFile: string;
    /** Of the ServiceAccount cubemig/backstage, where the manifests have it. */
    backstageToken?: string;
    /** What the cluster's Falco says who it is with: as X-CubeMig-Token, or as the password of the user that is called as the cluster. */
    alertsToken: string;
  }[];
}

export interface Lab {
  info: LabInfo;
  /** Path of lab.json. */
  infoFile: string;
  close(): Promise<void>;
}

/** Told what goes wrong inside the lab's own parts while it runs. */
type OnError = (component: string, error: unknown) => void;

/** Starts the clusters, their nodes, the registry and the control server; what was in the state folder's clusters before is gone. */
export async function startLab(
  options: LabOptions,
  onError: OnError,
): Promise<Lab> {
  const { stateDir, portBase, subnet } = options;
  const stops: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop();
    }
  };
  try {
    const infoFile = join(stateDir, 'lab.json');
    const runDir = join(stateDir, 'run');
    await rm(infoFile, { force: true });
    await rm(runDir, { recursive: true, force: true });
    await mkdir(runDir, { recursive: true, mode: 0o700 });

    const credentials = {
      username: 'lab',
      password: randomBytes(24).toString('base64url'),
    };
    const faults = new Faults();
    const registry = await startRegistry({
      host: HOST,
      port: portBase,
      stateDir: join(runDir, 'registry'),
      ...credentials,
      faults,
    });
    stops.push(() => registry.close());
    const images = await seedImages({
      registry,
      kind: options.runtime,
      courier: options.courier,
      courierVersion: COURIER_VERSION,
    });

    const adminToken = randomBytes(32).toString('hex');
    const clusters: RunningCluster[] = [];
    const falcos: Falco[] = [];
    for (let index = 1; index <= CLUSTERS; index++) {
      const cluster = await startCluster({
        index,
        host: HOST,
        port: portBase + index,
        subnet,
        adminToken,
        faults,
        evictionSeconds: options.evictionSeconds,
        enforcesPolicies: options.enforcesPolicies,
        onError,
      });
      stops.push(() => cluster.close());
      clusters.push(cluster);
      const falco = startFalco(cluster.name, options.alerts, onError);
      stops.push(() => falco.close());
      falcos.push(falco);
      for (let node = 1; node <= NODES_PER_CLUSTER; node++) {
        stops.push(
          await startNode(
            options.runtime,
            cluster,
            node,
            registry,
            faults,
            falco,
            runDir,
            onError,
          ),
        );
      }
      await applyGiven(cluster, options.manifests);
      for (const namespace of [NAMESPACE, ...grantedNamespaces(cluster)]) {
        createPolicyParameters(cluster.store, NAMESPACE, images);
        createRegistrySecret(cluster.store, namespace, registry, credentials);
      }
    }

    const token = randomBytes(32).toString('hex');
    const control = await startControlServer({
      host: HOST,
      port: portBase + CLUSTERS + 1,
      token,
      clusters: clusters.map(({ name, store }, at) => ({
        name,
        store,
        falco: falcos[at],
      })),
      faults,
    });
    stops.push(() => control.close());

    const kubeconfig = join(stateDir, 'kubeconfig');
    await writePrivate(kubeconfig, formatKubeconfig(clusters, adminToken));
    const info: LabInfo = {
      kubeconfig,
      registry: { host: `${registry.host}:${registry.port}`, ...credentials },
      courierImage: images.find(image => image.includes('courier')),
      control: { url: control.url, token },
      clusters: await Promise.all(
        clusters.map((cluster, at) =>
          describeCluster(cluster, stateDir, falcos[at].token),
        ),
      ),
    };
    // Last, and at once: who waits for this file finds the lab ready.
    await writePrivate(`${infoFile}.new`, JSON.stringify(info, undefined, 2));
    await rename(`${infoFile}.new`, infoFile);
    return { info, infoFile, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where CubeMig may migrate (deploy/examples/grant-namespace.yaml): restored pods fetch their volumes there. */
function grantedNamespaces({ store }: RunningCluster): string[] {
  return store
    .list('RoleBinding')
    .filter(({ metadata }) => metadata.name === 'cubemig-migrate')
    .map(({ metadata }) => metadata.namespace!);
}

async function applyGiven(
  cluster: RunningCluster,
  manifests: LabOptions['manifests'],
): Promise<void> {
  const given = await Promise.all(
    manifests
      .filter(({ cluster: only }) => !only || only === cluster.name)
      .map(({ path }) => readManifests(path)),
  );
  await applyManifests(cluster.store, given.flat());
}

async function startNode(
  kind: LabOptions['runtime'],
  cluster: RunningCluster,
  nodeIndex: number,
  registry: Registry,
  faults: Faults,
  falco: Falco,
  runDir: string,
  onError: OnError,
): Promise<() => Promise<void>> {
  const nodeName = `${cluster.name}-${String.fromCharCode(96 + nodeIndex)}`;
  const stateDir = join(runDir, nodeName);
  const runtime = await createRuntime({
    kind,
    stateDir: join(stateDir, 'runtime'),
    podAddressPrefix: cluster.podAddressPrefix(nodeIndex),
  });
  const stopWatching = falco.watch(nodeName, runtime);
  const kubelet = await startKubelet({
    cluster,
    nodeName,
    nodeIndex,
    runtime,
    registry,
    stateDir: join(stateDir, 'kubelet'),
    volumesDir: join(runDir, `${cluster.name}-volumes`),
    faults,
    onError: error => onError(nodeName, error),
  });
  return async () => {
    stopWatching();
    await kubelet.close();
    await runtime.close();
  };
}

async function describeCluster(
  cluster: RunningCluster,
  stateDir: string,
  alertsToken: string,
): Promise<LabInfo['clusters'][number]> {
  const { name, ca, store, access } = cluster;
  const caFile = join(stateDir, `${name}-ca.crt`);
  await writePrivate(caFile, ca.certificatePem);
  const hasAccount = store.get('ServiceAccount', NAMESPACE, BACKSTAGE_ACCOUNT);
  return {
    name,
    url: serverUrl(cluster),
    caFile,
    backstageToken: hasAccount
      ? access.issueServiceAccountToken(NAMESPACE, BACKSTAGE_ACCOUNT, {
          expirationSeconds: 10 * 365 * 24 * 3600,
        })
      : undefined,
    alertsToken,
  };
}

function writePrivate(path: string, text: string): Promise<void> {
  return writeFile(path, text, { mode: 0o600 });
}
