import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CheckpointTask, CourierRequest } from '@cubemig/plugin-cubemig-common';
import { MemoryRegistry } from '@cubemig/oci/testUtils';
import { CourierProcess } from './CourierProcess';
import { KubeletAnswer, RunningKubelet, startKubelet } from './startKubelet';

const CHECKPOINTS = '/var/lib/kubelet/checkpoints';
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A real checkpoint that CRI-O made. */
export function readFixture(name: string): Buffer {
  const path = join(__dirname, '../__fixtures__', `${name}.tar.gz`);
  return gunzipSync(readFileSync(path));
}

/** That of the container `counter` of the pod `default/counter`. */
export const archive = readFixture('a-counter');

/** The uid of the pod in that archive. */
export const podUid = '3488eaef-3c02-4823-a813-0526884926fd';

export const repository = 'cubemig/cluster1/default/counter';

let built: string | undefined;

/** The courier's program, as it is built. */
function buildCourier(): string {
  built ??= execFileSync(
    process.execPath,
    [join(__dirname, '../../buildShared.mjs')],
    { encoding: 'utf8' },
  );
  return built;
}

/** A folder that plays a node's root, a kubelet and a registry: what the built courier, a real process, works with. */
export class TestNode {
  /** What the kubelet was asked, `METHOD url`. */
  readonly asked: string[] = [];
  readonly token = 'token-of-the-service-account';
  /** The courier that was started last. */
  courier?: CourierProcess;
  answerKubelet = async (container: string): Promise<KubeletAnswer> => {
    const path = this.archivePath(container);
    this.place(path, archive);
    return { status: 200, body: JSON.stringify({ items: [path] }) };
  };

  private constructor(
    private readonly root: string,
    private readonly program: string,
    readonly registry: MemoryRegistry,
    readonly kubelet: RunningKubelet,
  ) {
    this.place(`${ACCOUNT}/token`, this.token);
    this.place(`${ACCOUNT}/ca.crt`, kubelet.ca);
    this.place('/dev/termination-log', '');
    this.place(`${CHECKPOINTS}/other.tar`, 'of somebody else');
    kubelet.answer = async ({ method, url, headers }) => {
      this.asked.push(`${method} ${url}`);
      return headers.authorization === `Bearer ${this.token}`
        ? this.answerKubelet(/(\w+)\?/.exec(url!)![1])
        : { status: 401, body: 'Unauthorized' };
    };
  }

  static async start(): Promise<TestNode> {
    return new TestNode(
      mkdtempSync(join(tmpdir(), 'courier-')),
      buildCourier(),
      await MemoryRegistry.start(),
      await startKubelet(),
    );
  }

  archivePath(container: string): string {
    return `${CHECKPOINTS}/checkpoint-counter_default-${container}-2026-11-23T00:48:26Z.tar`;
  }

  /** Puts a file where the courier expects it. */
  place(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** What the backend would ask of the courier here. */
  createRequest(change: Partial<CheckpointTask> = {}): CheckpointTask {
    return {
      version: 1,
      task: 'checkpoint',
      migration: 'm1',
      pod: { namespace: 'default', name: 'counter', uid: podUid },
      containers: ['counter'],
      kubelet: {
        port: this.kubelet.port,
        skipTlsVerify: false,
        timeoutSeconds: 60,
      },
      registry: { host: this.registry.host, repository, insecure: true },
      compression: 'none',
      ...change,
    };
  }

  runCourier(
    request: CourierRequest | string = this.createRequest(),
    env: Record<string, string> = {},
  ): CourierProcess {
    const text =
      typeof request === 'string' ? request : JSON.stringify(request);
    this.courier = new CourierProcess(this.program, this.root, {
      COURIER_REQUEST: text,
      ...env,
    });
    return this.courier;
  }

  /** A path of the node's, as the test sees it. */
  locate(path: string): string {
    return join(this.root, path);
  }

  /** What should not be on the node or in the registry any more. */
  leftovers(): string[] {
    return [
      ...readdirSync(join(this.root, CHECKPOINTS)).filter(
        name => name !== 'other.tar',
      ),
      ...this.registry.uploads.keys(),
    ];
  }

  async stop(): Promise<void> {
    this.kubelet.stop();
    await this.registry.stop();
    rmSync(this.root, { recursive: true });
  }
}
