import { courierPaths } from '@cubemig/plugin-cubemig-common';

/** Where the kubelet puts checkpoints (its root directory is the default one). */
const CHECKPOINTS_FOLDER = courierPaths.checkpoints;

/** Whether a file directly in that folder is called as the kubelet calls checkpoints. */
export function isCheckpointName(name: string): boolean {
  return /^checkpoint-[A-Za-z0-9_.:+-]+\.tar$/.test(name);
}

/**
 * The one path in the kubelet's answer `{"items": [path]}`. The answer is not trusted: what it names will be read and deleted, so it
 * must be a checkpoint directly below the folder of checkpoints.
 */
export function readCheckpointPath(answer: string): string {
  const path = firstItem(answer);
  const isCheckpoint =
    path?.startsWith(`${CHECKPOINTS_FOLDER}/`) &&
    isCheckpointName(path.slice(CHECKPOINTS_FOLDER.length + 1));
  if (!path || !isCheckpoint) {
    throw new Error(
      `The kubelet answered with something else than one checkpoint below ${CHECKPOINTS_FOLDER}`,
    );
  }
  return path;
}

function firstItem(answer: string): string | undefined {
  try {
    const { items } = JSON.parse(answer);
    return items.length === 1 && typeof items[0] === 'string'
      ? items[0]
      : undefined;
  } catch {
    return undefined;
  }
}
