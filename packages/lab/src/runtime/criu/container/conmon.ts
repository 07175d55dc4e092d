import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { RuntimeError } from '../../ContainerRuntime';
import type { NodeNamespaces } from '../node/NodeNamespaces';

/** Below the node's /var/lib/containers/storage: a file named by container ID with its exit code, written by conmon. */
export const EXITS = 'exits';

export interface ConmonOptions {
  id: string;
  /** Folder of the node with `config.json`. */
  bundle: string;
  /** The container's, below the root of each hierarchy. */
  controlGroup: string;
  /** Where the log is written, as the node sees it. */
  logPath: string;
  /** A folder of CRIU images to restore from, as the node sees it; without it the container is created. */
  restoreFrom?: string;
}

/**
 * Has conmon create a container with crun, or restore one: it stays as the container's parent, writes what comes out of its standard
 * streams to the log (they are pipes, which CRIU can dump; a file of the node it cannot) and notes its exit code.
 */
export async function runConmon(
  node: NodeNamespaces,
  { id, bundle, controlGroup, logPath, restoreFrom }: ConmonOptions,
): Promise<void> {
  const conmon = node.spawn(
    [
      ...['sh', '/run/joinContainer', controlGroup],
      ...['conmon', '--cid', id, '--cuuid', id, '--name', id],
      ...['--runtime', '/usr/bin/crun', '--bundle', bundle],
      ...['--container-pidfile', `${bundle}/pidfile`],
      ...['--conmon-pidfile', `${bundle}/conmon-pidfile`],
      ...['--socket-dir-path', bundle, '--full-attach'],
      ...['--exit-dir', `/var/lib/containers/storage/${EXITS}`],
      ...['--log-path', `k8s-file:${logPath}`, '--log-level', 'error'],
      ...(restoreFrom ? ['--restore', restoreFrom] : []),
    ],
    {
      // Descriptor 3 is where conmon says what became of it.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      env: { _OCI_SYNCPIPE: '3' },
    },
  );
  const answers = conmon.stdio[3] as Readable;
  try {
    const { pid, message } = await firstAnswer(answers);
    if (pid <= 0) {
      throw new RuntimeError(message || 'the container exited at once');
    }
  } finally {
    answers.destroy();
  }
}

async function firstAnswer(
  answers: Readable,
): Promise<{ pid: number; message?: string }> {
  for await (const line of createInterface({ input: answers })) {
    return JSON.parse(line);
  }
  throw new RuntimeError('conmon ended without a word');
}
