import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRoot, isRootBuilt } from './buildRoot';
import { criuRoot } from './criuRoot';
import { findObstacle } from './findObstacle';
import { tryCriu } from './tryCriu';

export type Preparation =
  | {
      isReady: true;
      /** `CRIU 4.2.1, crun 1.28`. */
      versions: string;
    }
  | {
      isReady: false;
      /** One line: what is missing. */
      reason: string;
    };

/**
 * Makes sure that containers of real processes can run here: builds the Debian root where it is not there yet, then checkpoints and
 * restores a process with it. Nothing of the machine is changed.
 */
export async function prepareCriu(
  onProgress: (line: string) => void = () => {},
): Promise<Preparation> {
  const obstacle = findObstacle();
  if (obstacle) {
    return { isReady: false, reason: obstacle };
  }
  const root = criuRoot();
  const directory = await fs.mkdtemp(join(tmpdir(), 'cubemig-criu-'));
  try {
    if (!isRootBuilt(root)) {
      onProgress(`Building a Debian root with CRIU in ${root} ...`);
      await buildRoot(root);
    }
    return { isReady: true, versions: await tryCriu(directory) };
  } catch (error) {
    return { isReady: false, reason: firstReason((error as Error).message) };
  } finally {
    await fs.rm(directory, { recursive: true, force: true });
  }
}

/** Of CRIU's words its first error that stopped it (it goes on without a higher limit of open files), else the first line. */
function firstReason(message: string): string {
  const [, error] = /Error \([^)]*\): (?!rlimit)(.*)/.exec(message) ?? [];
  return error ?? message.split('\n')[0];
}
