import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  Dirent,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ClusterClient, Clusters, KubePod, waitFor } from '../../clusters';
import { isPodReady } from '../../pods';
import {
  HttpClusterClient,
  SendToCluster,
} from '../../clusters/HttpClusterClient';

const ROOT = join(__dirname, '../../../../..');
const START_MS = 120_000;

interface LabInfo {
  registry: { host: string; username: string; password: string };
  courierImage: string;
  control: { url: string; token: string };
  clusters: {
    name: string;
    url: string;
    caFile: string;
    backstageToken: string;
  }[];
  kubeconfig: string;
}

/** The lab as a program of its own: two clusters, with the rights that deploy/ grants, and a registry. */
export class Lab {
  private constructor(
    readonly info: LabInfo,
    private readonly folder: string,
    private readonly stop: () => Promise<void>,
  ) {}

  static async start(options: {
    portBase: number;
    subnet: number;
    /** Files to start with; `cluster1=file` for one cluster only. */
    manifests: string[];
  }): Promise<Lab> {
    const folder = mkdtempSync(join(tmpdir(), 'cubemig-lab-'));
    const courier = execFileSync(
      process.execPath,
      ['packages/courier/buildShared.mjs'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const applied = [
      'deploy/kubernetes',
      'examples/lab/namespaces.yaml',
      ...options.manifests,
    ];
    const child = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        'packages/lab/src/main.ts',
        '--exit-with-parent',
        ...['--state-dir', folder],
        ...['--port-base', String(options.portBase)],
        ...['--subnet', String(options.subnet)],
        ...['--courier', courier],
        ...applied.flatMap(file => ['--apply', file]),
      ],
      // What jest sets for itself is not for the lab.
      {
        cwd: ROOT,
        env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
        stdio: 'pipe',
      },
    );
    let said = '';
    child.stdout.on('data', text => (said += text));
    child.stderr.on('data', text => (said += text));
    const stop = async () => {
      const ended = once(child, 'exit');
      if (child.exitCode === null) {
        child.kill();
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    };
    const infoFile = join(folder, 'lab.json');
    const deadline = Date.now() + START_MS;
    while (!existsSync(infoFile)) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await stop();
        throw new Error(`The lab did not start: ${said.slice(-2000)}`);
      }
      await delay(50);
    }
    return new Lab(JSON.parse(readFileSync(infoFile, 'utf8')), folder, stop);
  }

  /** The clusters as Backstage sees them, with its rights. */
  readonly clusters: Clusters = {
    list: async () => this.info.clusters.map(({ name }) => ({ name })),
    getClient: async name => this.client(name),
  };

  client(name: string): ClusterClient {
    const cluster = this.info.clusters.find(known => known.name === name)!;
    return new HttpClusterClient(name, sendTo(cluster));
  }

  /** The cluster's administrator, past CubeMig. */
  admin(name: string): ClusterClient {
    const cluster = this.info.clusters.find(known => known.name === name)!;
    const token = /^ {6}token: (\S+)$/m.exec(
      readFileSync(this.info.kubeconfig, 'utf8'),
    )![1];
    return new HttpClusterClient(
      name,
      sendTo({ ...cluster, backstageToken: token }),
    );
  }

  /** Where this machine has the files of a pod's emptyDir. */
  findEmptyDir(podUid: string, volume: string): string {
    const end = join(podUid, 'volumes', 'kubernetes.io~empty-dir', volume);
    const found = this.listFiles().find(path => path.endsWith(end));
    if (!found) throw new Error(`There is no folder ${end}`);
    return found;
  }

  /** All files and folders of the lab on this machine, those of its nodes too. */
  listFiles(folder = this.folder): string[] {
    return entriesIfThere(folder).flatMap(entry => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? [path, ...this.listFiles(path)] : [path];
    });
  }

  /** The first file of such a name that holds a text, and what else it holds, as soon as there is one. */
  async awaitFile(name: RegExp, text: string): Promise<[string, string]> {
    for (;;) {
      for (const path of this.listFiles().filter(file => name.test(file))) {
        const content = readIfThere(path);
        if (content.includes(text)) return [path, content];
      }
      await delay(50);
    }
  }

  /** Kills a migration's courier, a process of this machine, as a node does that has no memory left. */
  killCourier(migration: string) {
    const isCourier = (pid: string) => {
      const environment = readIfThere(`/proc/${pid}/environ`);
      return (
        environment.includes('COURIER_REQUEST=') &&
        environment.includes(migration)
      );
    };
    const found = readdirSync('/proc').filter(
      name => /^\d+$/.test(name) && isCourier(name),
    );
    if (found.length !== 1) throw new Error(`Couriers: [${found}]`);
    process.kill(Number(found[0]), 'SIGKILL');
  }

  /** Until a pod is ready. */
  async awaitPod(cluster: string, name: string) {
    await this.awaitPods(
      cluster,
      { name },
      ([pod]) => (pod && isPodReady(pod)) || undefined,
    );
  }

  /** The name of an app's only pod, once it is ready. */
  async awaitPodOf(cluster: string, app: string): Promise<string> {
    return this.awaitPods(
      cluster,
      { labelSelector: `app=${app}` },
      ([pod, ...others]) =>
        pod && isPodReady(pod) && others.length === 0
          ? pod.metadata!.name
          : undefined,
    );
  }

  /** Until a pod is gone. */
  async awaitGone(cluster: string, name: string) {
    await this.awaitPods(
      cluster,
      { name },
      pods => pods.length === 0 || undefined,
    );
  }

  /** Makes something go wrong; docs/lab.md lists what. */
  async fault(fault: object): Promise<void> {
    await this.control('POST', fault);
  }

  /** One fault less; without one, all is well again. */
  async mend(fault?: object): Promise<void> {
    await this.control('DELETE', fault);
  }

  async close() {
    await this.stop();
  }

  private async awaitPods<Answer>(
    cluster: string,
    selection: { name?: string; labelSelector?: string },
    look: (pods: KubePod[]) => Answer | undefined,
  ): Promise<Answer> {
    return waitFor(
      this.admin(cluster),
      'Pod',
      { namespace: 'demo', ...selection },
      {
        timeoutMs: 60_000,
        signal: new AbortController().signal,
        what: `Waiting for ${JSON.stringify(selection)} on ${cluster}`,
      },
      look,
    );
  }

  private async control(method: string, body?: object) {
    const { url, token } = this.info.control;
    const response = await fetch(`${url}/faults`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

/** Folders of a lab come and go while they are listed. */
function entriesIfThere(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** As do its files, and the processes of this machine. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Node's fetch takes no CA of one's own, so this speaks https by hand. */
function sendTo({
  url,
  caFile,
  backstageToken,
}: LabInfo['clusters'][number]): SendToCluster {
  const ca = readFileSync(caFile, 'utf8');
  return (path, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const text = typeof body === 'string' ? body : '';
      const call = httpsRequest(
        `${url}${path}`,
        {
          method,
          ca,
          signal: signal ?? undefined,
          headers: {
            ...(headers as Record<string, string>),
            Authorization: `Bearer ${backstageToken}`,
            'Content-Length': Buffer.byteLength(text),
          },
        },
        answer =>
          resolve(
            new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, {
              status: answer.statusCode,
            }),
          ),
      );
      call.on('error', reject);
      call.end(text);
    });
}
