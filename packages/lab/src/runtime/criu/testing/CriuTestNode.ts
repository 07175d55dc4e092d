import { mkdirSync, promises as fs, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageStore } from '../../../images/ImageStore';
import { seedImages } from '../../../images/seedImages';
import { Registry, startRegistry } from '../../../registry/startRegistry';
import { waitUntil } from '../../../testing/waitUntil';
import type { ContainerSpec, Sandbox } from '../../ContainerRuntime';
import { CriuRuntime } from '../CriuRuntime';

/** A node with the criu runtime and the demo images, without a kubelet. */
export class CriuTestNode {
  #pods = 0;
  #sandboxes: string[] = [];

  private constructor(
    readonly directory: string,
    readonly runtime: CriuRuntime,
    private readonly registry: Registry,
    private readonly images: ImageStore,
    private readonly ownsRegistry: boolean,
  ) {}

  /** `prefix`: three octets that no other test uses. With `other`, its registry serves both. */
  static async create(
    prefix: string,
    other?: CriuTestNode,
  ): Promise<CriuTestNode> {
    const directory = await fs.mkdtemp(join(tmpdir(), 'criu-test-'));
    const registry = other?.registry ?? (await startDemoRegistry(directory));
    const runtime = await CriuRuntime.create({
      kind: 'criu',
      stateDir: join(directory, 'runtime'),
      podAddressPrefix: prefix,
    });
    const images = await ImageStore.create(join(directory, 'images'), registry);
    return new CriuTestNode(directory, runtime, registry, images, !other);
  }

  /** A pod of one container, made of `registry.lab/demo/<image>:1`, with the mounts that a kubelet gives to all. */
  async pod(
    image: string,
    environment: Record<string, string> = {},
  ): Promise<{ sandbox: Sandbox; spec: ContainerSpec }> {
    this.#pods += 1;
    const name = `${image}-${this.#pods}`;
    const podUid = `00000000-0000-4000-8000-${String(this.#pods).padStart(
      12,
      '0',
    )}`;
    const sandbox = await this.runtime.createSandbox({
      podNamespace: 'demo',
      podName: name,
      podUid,
      hostname: name,
      labels: { app: image },
      annotations: {},
    });
    this.#sandboxes.push(sandbox.id);
    const reference = `registry.lab/demo/${image}:1`;
    const pulled = await this.images.pull(reference);
    const logPath = join(this.directory, 'logs', `${name}.log`);
    const volume = (containerPath: string, isFile: boolean) => {
      const hostPath = join(this.directory, 'volumes', name, containerPath);
      mkdirSync(isFile ? join(hostPath, '..') : hostPath, { recursive: true });
      return { hostPath, isFile, containerPath };
    };
    const volumes = [
      volume('/etc/hosts', true),
      volume('/dev/termination-log', true),
      volume('/var/run/secrets/kubernetes.io/serviceaccount', false),
    ];
    for (const { hostPath, isFile } of volumes) {
      if (isFile) {
        await fs.writeFile(hostPath, '');
      }
    }
    const spec: ContainerSpec = {
      sandboxId: sandbox.id,
      name: image,
      attempt: 0,
      image: { ...pulled, reference },
      command: [],
      args: [],
      environment: Object.entries(environment).map(([key, value]) => ({
        name: key,
        value,
      })),
      mounts: volumes.map(({ containerPath, hostPath }) => ({
        containerPath,
        hostPath,
        nodePath: `/var/lib/kubelet/pods/${podUid}${containerPath}`,
        readOnly: false,
      })),
      logPath,
      nodeLogPath: `/var/log/pods/demo_${name}_${podUid}/${image}/0.log`,
      annotations: { 'io.kubernetes.container.restartCount': '0' },
    };
    return { sandbox, spec };
  }

  async run(image: string, environment?: Record<string, string>) {
    const { sandbox, spec } = await this.pod(image, environment);
    const id = await this.runtime.createContainer(spec);
    await this.runtime.startContainer(id);
    return { id, sandbox, spec };
  }

  /** Checkpoints a container, and restores it in a pod of its own, here or on another node. */
  async copy(id: string, image: string, target: CriuTestNode = this) {
    const archive = join(this.directory, `${id}.tar`);
    await this.runtime.checkpointContainer(id, archive);
    const { sandbox, spec } = await target.pod(image);
    const copy = await target.runtime.restoreContainer(spec, archive);
    await target.runtime.startContainer(copy);
    return { id: copy, sandbox, spec, archive };
  }

  /** Ends all pods. */
  async clear(): Promise<void> {
    for (const id of this.#sandboxes.splice(0)) {
      await this.runtime.removeSandbox(id);
    }
  }

  /** The container's output so far, without times. */
  output({ logPath }: ContainerSpec): string[] {
    return readFileSync(logPath, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => line.split(' ').slice(3).join(' '));
  }

  /** Waits for a line of output. */
  async lineOf(spec: ContainerSpec, pattern: RegExp): Promise<string> {
    return waitUntil(`${spec.name} says ${pattern}`, () =>
      this.output(spec).find(line => pattern.test(line)),
    );
  }

  async close(): Promise<void> {
    await this.runtime.close();
    if (this.ownsRegistry) {
      await this.registry.close();
    }
    await fs.rm(this.directory, { recursive: true, force: true });
  }
}

async function startDemoRegistry(directory: string): Promise<Registry> {
  const registry = await startRegistry({
    host: '127.0.0.1',
    port: 0,
    stateDir: join(directory, 'registry'),
  });
  await seedImages({ registry, courierVersion: '1', kind: 'criu' });
  return registry;
}
