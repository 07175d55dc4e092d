import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  MONITOR,
  type SeenCall,
  type SeenProcess,
} from '../../events/SystemEvent';
import {
  childrenOf,
  connectionOf,
  pidNamespaceOf,
  readProcess,
} from './readProcess';

const INTERVAL_MS = 4;
/** What runs for long is looked at less often. */
const LATER_INTERVAL_MS = 100;
const LATER_MS = 3_000;
const STREAMS = [0, 1, 2];
const LOGS = 'var/log';

export interface WatchedRoot {
  /** Where the container's root lies on this machine, as it sees it. */
  merged: string;
  /** What it added or changed. */
  upper: string;
}

/**
 * Looks again and again at what a command in a container makes of itself: /proc for its processes and their standard streams, the
 * container's root for logs that were cut. No probe in the kernel: what comes and goes between two looks is not seen, and neither are
 * files that are only read.
 */
export class CommandWatch {
  readonly #began = Date.now();
  /** By process: what it last executed. */
  readonly #known = new Map<number, string>();
  readonly #redirected = new Set<string>();
  readonly #logs: Map<string, number>;
  #first?: SeenProcess;
  #timer?: NodeJS.Timeout;

  readonly #outside: string[];

  /** `pid`: who enters the container for the command; its descendants that are neither on this machine nor in the node are the command's. */
  constructor(
    private readonly pid: number,
    nodePid: number,
    private readonly root: WatchedRoot,
    private readonly see: (seen: SeenCall) => void,
  ) {
    this.#outside = [process.pid, nodePid].map(pidNamespaceOf);
    this.#logs = sizesOf(join(root.merged, LOGS));
    this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    const after = sizesOf(join(this.root.merged, LOGS));
    for (const [name, size] of this.#logs) {
      const left = after.get(name);
      if (this.#first && left !== undefined && left < size) {
        this.see({
          process: this.#first,
          call: {
            type: 'openat',
            path: `/${LOGS}/${name}`,
            access: 'write',
            truncates: true,
          },
        });
      }
    }
  }

  #look(): void {
    this.#walk(this.pid, [MONITOR]);
    const isLate = Date.now() - this.#began > LATER_MS;
    this.#timer = setTimeout(
      () => this.#look(),
      isLate ? LATER_INTERVAL_MS : INTERVAL_MS,
    );
  }

  #walk(pid: number, ancestors: SeenProcess['ancestors']): void {
    for (const child of childrenOf(pid)) {
      const namespace = pidNamespaceOf(child);
      const isInside = namespace !== '' && !this.#outside.includes(namespace);
      const seen = isInside ? readProcess(child, ancestors) : undefined;
      if (seen) {
        this.#notice(seen);
      }
      const { name, argv } = seen ?? {};
      this.#walk(
        child,
        name && argv ? [{ name, argv }, ...ancestors] : ancestors,
      );
    }
  }

  #notice(process: SeenProcess): void {
    this.#first ??= process;
    const { pid, executable, argv } = process;
    const what = [executable, ...argv].join('\0');
    if (this.#known.get(pid) !== what) {
      this.#known.set(pid, what);
      const isAdded = existsSync(join(this.root.upper, executable));
      this.see({ process, call: { type: 'execve', isAdded } });
    }
    for (const descriptor of STREAMS) {
      const key = `${pid} ${descriptor}`;
      const connection = this.#redirected.has(key)
        ? undefined
        : connectionOf(pid, descriptor);
      if (connection) {
        this.#redirected.add(key);
        this.see({ process, call: { type: 'dup2', descriptor, connection } });
      }
    }
  }
}

/** The files of a folder with their sizes; a link may lead anywhere and is left out. */
function sizesOf(folder: string): Map<string, number> {
  if (!existsSync(folder)) {
    return new Map();
  }
  return new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ name }) => [name, statSync(join(folder, name)).size]),
  );
}
