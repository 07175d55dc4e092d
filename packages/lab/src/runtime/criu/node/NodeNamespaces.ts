import { ChildProcess, spawn } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { RuntimeError } from '../../ContainerRuntime';
import { labFolder } from '../labFolder';
import { controlGroupName } from './controlGroups';

const SCRIPTS = join(labFolder, 'src/runtime/criu/node');

export interface NodeNamespacesOptions {
  /** The Debian root with CRIU, as `prepareCriuRoot` made it. */
  root: string;
  /** Becomes /var/lib/containers/storage in the node. */
  storage: string;
  /** The first three octets of the node's network. */
  addressPrefix: string;
}

export interface CommandOptions {
  /** Fails with it instead of the command's own words. */
  whatFailed?: string;
  input?: string | Readable;
}

/**
 * A node that is no more than namespaces and control groups of its own: mounts, processes, network, all gone when it is closed or the
 * lab dies. Commands of the Debian root run in it.
 */
export class NodeNamespaces {
  private constructor(
    private readonly supervisor: ChildProcess,
    /** The first process of the node, as this machine numbers it. */
    readonly pid: number,
    readonly options: NodeNamespacesOptions,
  ) {}

  static async create(options: NodeNamespacesOptions): Promise<NodeNamespaces> {
    const { root, storage, addressPrefix } = options;
    await fs.mkdir(storage, { recursive: true });
    const supervisor = spawn(
      'sh',
      [
        join(SCRIPTS, 'superviseNode.sh'),
        controlGroupName(addressPrefix),
        join(SCRIPTS, 'holdNode.sh'),
        root,
        storage,
      ],
      // Not in the lab's process group: it must survive an interrupt for as long as it takes to clean up.
      { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
    );
    try {
      await becomesReady(supervisor);
      const pid = await findHolder(supervisor.pid!);
      const node = new NodeNamespaces(supervisor, pid, options);
      await node.#connectToMachine();
      return node;
    } catch (error) {
      await endOf(supervisor);
      throw error;
    }
  }

  /** This machine, as the pods address it. */
  get gateway(): string {
    return `${this.options.addressPrefix}.1`;
  }

  /** Where a file of this machine lies in the node. Links are followed here, since they lead elsewhere there. */
  async pathOf(file: string): Promise<string> {
    return `/host${await fs.realpath(file)}`;
  }

  /** Where a file of the node lies on this machine. Not for paths that a container chose: absolute links lead out. */
  machinePathOf(file: string): string {
    return `/proc/${this.pid}/root${file}`;
  }

  /** Starts a command of the Debian root in the node; without `inOwnNetwork` it has this machine's network. */
  spawn(
    argv: string[],
    options: Parameters<typeof spawn>[2] & { inOwnNetwork?: boolean } = {},
  ): ChildProcess {
    const { inOwnNetwork = true, ...spawnOptions } = options;
    const enter = ['mount', 'pid', 'net', 'cgroup', 'ipc', 'uts'].filter(
      namespace => inOwnNetwork || namespace !== 'net',
    );
    return spawn(
      'nsenter',
      [
        `--target=${this.pid}`,
        ...enter.map(namespace => `--${namespace}`),
        ...['--root', '--wd', '--', 'sh', '/run/join'],
        ...argv,
      ],
      {
        ...spawnOptions,
        env: {
          PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          ...spawnOptions.env,
        } as any,
      },
    );
  }

  /** Runs a command to its end and returns its output. */
  async run(
    argv: string[],
    options: CommandOptions & { inOwnNetwork?: boolean } = {},
  ): Promise<string> {
    const child = this.spawn(argv, { inOwnNetwork: options.inOwnNetwork });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout!.on('data', chunk => output.push(chunk));
    child.stderr!.on('data', chunk => errors.push(chunk));
    // EPIPE of a command that does not read it tells nothing that its exit code does not.
    child.stdin!.on('error', () => {});
    if (options.input instanceof Readable) {
      options.input.pipe(child.stdin!);
    } else {
      child.stdin!.end(options.input ?? '');
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) {
      const reason = Buffer.concat(errors).toString().trim();
      throw new RuntimeError(
        options.whatFailed
          ? `${options.whatFailed}: ${reason}`
          : `${argv.join(' ')}: ${reason || `exit code ${code}`}`,
      );
    }
    return Buffer.concat(output).toString();
  }

  /** Runs lines of shell in the node; `args` are its $1, $2 ... */
  async script(lines: string, args: string[], options?: CommandOptions) {
    return this.run(['sh', '-euc', lines, 'sh', ...args], options);
  }

  /** Kills what runs in the node and waits until its control groups are gone. */
  async close(): Promise<void> {
    // The kernel would do it too, but a moment later.
    await this.run(
      ['ip', 'link', 'delete', interfaceName(this.options.addressPrefix)],
      { inOwnNetwork: false },
    );
    await endOf(this.supervisor);
  }

  /**
   * Lets this machine reach the pods, as their gateway: a pair of interfaces, one here. The kernel removes both with the node's
   * network namespace.
   */
  async #connectToMachine(): Promise<void> {
    const { addressPrefix } = this.options;
    const name = interfaceName(addressPrefix);
    const here = { inOwnNetwork: false };
    await this.run(
      [
        ...['ip', 'link', 'add', name, 'type', 'veth'],
        ...['peer', 'name', 'uplink', 'netns', '/proc/1/ns/net'],
      ],
      here,
    );
    await this.script(
      'ip link set uplink master cni0; ip link set uplink up',
      [],
    );
    await this.run(
      ['ip', 'address', 'add', `${this.gateway}/24`, 'dev', name],
      here,
    );
    await this.run(['ip', 'link', 'set', name, 'up'], here);
  }
}

/** The interface of this machine that leads to a node's pods. */
function interfaceName(addressPrefix: string): string {
  return `cm${addressPrefix}`;
}

async function becomesReady(supervisor: ChildProcess): Promise<void> {
  const errors: Buffer[] = [];
  supervisor.stderr!.on('data', chunk => errors.push(chunk));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: supervisor.stdout! }).on('line', line => {
      if (line === 'ready') {
        resolve();
      }
    });
    supervisor.once('error', reject);
    supervisor.once('close', () =>
      reject(
        new RuntimeError(
          `The node's namespaces cannot be made: ${Buffer.concat(errors)
            .toString()
            .trim()}`,
        ),
      ),
    );
  });
}

/** supervisor -> unshare -> the first process of the namespaces. */
async function findHolder(supervisorPid: number): Promise<number> {
  const childOf = async (pid: number) =>
    Number(
      (await fs.readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'))
        .trim()
        .split(' ')[0],
    );
  return childOf(await childOf(supervisorPid));
}

async function endOf(supervisor: ChildProcess): Promise<void> {
  if (supervisor.exitCode === null && supervisor.signalCode === null) {
    const ended = new Promise(resolve => supervisor.once('close', resolve));
    supervisor.stdin!.end();
    await ended;
  }
}
