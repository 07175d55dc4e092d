import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  promises as fs,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { RunningCluster, startCluster } from '../../cluster/startCluster';
import { Faults } from '../../faults/Faults';
import { OCI_MANIFEST, RegistryClient } from '../../images/RegistryClient';
import { seedImages } from '../../images/seedImages';
import { Registry, startRegistry } from '../../registry/startRegistry';
import type { ContainerRuntime } from '../../runtime/ContainerRuntime';
import { createRuntime } from '../../runtime/createRuntime';
import { ADMIN_TOKEN } from '../../testing/startTestCluster';
import { waitUntil } from '../../testing/waitUntil';
import { Kubelet, startKubelet } from '../startKubelet';

const CHECKPOINT_ANNOTATION = {
  'io.kubernetes.cri-o.annotations.checkpoint.name': 'main',
};

/** How a checkpoint's image is made; by default as CRI-O wants it. */
export interface CheckpointImage {
  annotations?: Record<string, string>;
  mediaType?: string;
  isCompressed?: boolean;
}

/** A cluster with one node, and what tests do with its pods. All pods are in the namespace `default`. */
export class TestNode {
  static #pods = 0;

  constructor(
    readonly cluster: RunningCluster,
    readonly kubelet: Kubelet,
    readonly runtime: ContainerRuntime,
    /** The folder that is the node's root. */
    readonly root: string,
  ) {}

  /** Creates a pod of one container, `main`; returns the pod's name. */
  run(container: object, spec: object = {}): string {
    TestNode.#pods += 1;
    const name = `pod-${TestNode.#pods}`;
    this.cluster.store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels: { app: 'x' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        ...spec,
        containers: [{ name: 'main', ...container }],
      },
    });
    return name;
  }

  find(pod: string) {
    return this.cluster.store.get('Pod', 'default', pod);
  }

  statusOf(pod: string): any {
    return this.find(pod)?.status ?? {};
  }

  /** The status of the pod's container. */
  containerOf(pod: string): any {
    return this.statusOf(pod).containerStatuses?.[0] ?? {};
  }

  untilPhase(pod: string, phase: string) {
    return waitUntil(
      `${pod} is ${phase}`,
      () => this.statusOf(pod).phase === phase,
    );
  }

  /** `<type> <reason> <message>` of each. */
  eventsOf(pod: string): string[] {
    return this.cluster.store
      .list('Event')
      .filter(({ involvedObject }) => involvedObject.name === pod)
      .map(({ type, reason, message }) => `${type} ${reason} ${message}`);
  }

  untilEvent(pod: string, part: string): Promise<string> {
    return waitUntil(`there is an event about ${part}`, () =>
      this.eventsOf(pod).find(event => event.includes(part)),
    );
  }

  /** The log of the pod's container without what the runtime puts before each line. */
  linesOf(pod: string, attempt = 0): string[] {
    const uid = this.find(pod)?.metadata.uid;
    const path = join(
      this.root,
      `var/log/pods/default_${pod}_${uid}/main/${attempt}.log`,
    );
    const log = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return log
      .split('\n')
      .filter(Boolean)
      .map(line => line.split(' ').slice(3).join(' '));
  }

  /** Asks the kubelet; returns status and body. */
  async call(
    method: 'GET' | 'POST',
    path: string,
    token?: string,
  ): Promise<[number, string]> {
    const agent = new Agent({
      connect: { ca: this.cluster.ca.certificatePem },
    });
    try {
      const answer = await request(`${this.kubelet.url}${path}`, {
        method,
        dispatcher: agent,
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
      return [answer.statusCode, await answer.body.text()];
    } finally {
      await agent.close();
    }
  }

  /** Takes a checkpoint of a pod; returns where the archive lies on this machine. */
  async checkpoint(pod: string): Promise<string> {
    const [status, body] = await this.call(
      'POST',
      `/checkpoint/default/${pod}/main`,
      ADMIN_TOKEN,
    );
    if (status !== 200) {
      throw new Error(body);
    }
    return join(this.root, JSON.parse(body).items[0]);
  }
}

/** Two clusters with a node each, and a registry with the lab's images. */
export class TestNodes {
  readonly faults = new Faults();
  readonly #errors: unknown[] = [];

  private constructor(
    readonly directory: string,
    readonly registry: Registry,
    readonly nodes: TestNode[],
  ) {}

  /** `subnet` is the second octet of the first cluster's addresses; `courier` what its image holds. */
  static async start(subnet: number, courier = ''): Promise<TestNodes> {
    const directory = mkdtempSync(join(tmpdir(), 'kubelet-'));
    const registry = await startRegistry({
      host: '127.0.0.1',
      port: 0,
      stateDir: join(directory, 'registry'),
      username: 'lab',
      password: 'secret',
    });
    const bundle = join(directory, 'courier.cjs');
    writeFileSync(bundle, courier);
    await seedImages({ registry, courier: bundle, courierVersion: '1' });
    const all = new TestNodes(directory, registry, []);
    for (const index of [1, 2]) {
      all.nodes.push(await all.#startNode(index, subnet));
    }
    return all;
  }

  /** Rejects with what went wrong inside meanwhile. */
  async close(): Promise<void> {
    for (const { cluster, kubelet, runtime } of this.nodes) {
      await kubelet.close();
      await runtime.close();
      await cluster.close();
    }
    await this.registry.close();
    rmSync(this.directory, { recursive: true });
    if (this.#errors.length > 0) {
      throw this.#errors[0];
    }
  }

  /** Pushes an archive as an image of one layer; returns its reference. */
  async push(
    tag: string,
    archive: string,
    {
      annotations = CHECKPOINT_ANNOTATION,
      mediaType = OCI_MANIFEST,
      isCompressed = false,
    }: CheckpointImage = {},
  ): Promise<string> {
    const client = new RegistryClient(this.registry);
    const tar = await fs.readFile(archive);
    const layer = isCompressed ? gzipSync(tar) : tar;
    const config = Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
      }),
    );
    for (const blob of [layer, config]) {
      await client.uploadBlob('checkpoints', digestOf(blob), blob);
    }
    const manifest = {
      schemaVersion: 2,
      mediaType,
      config: describeBlob('application/vnd.oci.image.config.v1+json', config),
      layers: [describeBlob('application/vnd.oci.image.layer.v1.tar', layer)],
      annotations,
    };
    await client.putManifest(
      'checkpoints',
      tag,
      mediaType,
      Buffer.from(JSON.stringify(manifest)),
    );
    return `registry.lab/checkpoints:${tag}`;
  }

  async #startNode(index: number, subnet: number): Promise<TestNode> {
    const onError = (error: unknown) => this.#errors.push(error);
    const cluster = await startCluster({
      index,
      host: '127.0.0.1',
      port: 0,
      subnet,
      adminToken: ADMIN_TOKEN,
      onError: (_component, error) => onError(error),
    });
    const stateDir = join(this.directory, cluster.name);
    const runtime = await createRuntime({
      kind: 'emulated',
      stateDir: join(stateDir, 'runtime'),
      podAddressPrefix: cluster.podAddressPrefix(1),
    });
    const kubelet = await startKubelet({
      cluster,
      nodeName: `${cluster.name}-a`,
      nodeIndex: 1,
      runtime,
      registry: this.registry,
      stateDir: join(stateDir, 'kubelet'),
      faults: this.faults,
      backoff: { initialSeconds: 0.05, maxSeconds: 0.1 },
      onError,
    });
    return new TestNode(
      cluster,
      kubelet,
      runtime,
      join(stateDir, 'kubelet/root'),
    );
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function describeBlob(mediaType: string, blob: Buffer) {
  return { mediaType, digest: digestOf(blob), size: blob.length };
}
