import { promises as fs } from 'node:fs';
import {
  ContainerDescription,
  specDump,
} from '../../archive/describeContainer';
import type { NodeNamespaces } from '../node/NodeNamespaces';

/**
 * Writes a container's `config.json` and returns the folder of the node it lies in. It is what `spec.dump` says, except that volumes come
 * from where they really are and nothing is limited: a session's control group may not have the controllers for that.
 */
export async function writeBundle(
  node: NodeNamespaces,
  description: ContainerDescription,
): Promise<string> {
  const { id, spec } = description.state;
  const sources = new Map<string, string>();
  for (const { containerPath, hostPath } of spec.mounts) {
    sources.set(containerPath, await node.pathOf(hostPath));
  }
  const config = specDump(description);
  const mounts = config.mounts.map(mount => ({
    ...mount,
    source: sources.get(mount.destination) ?? mount.source,
  }));
  const linux = { ...config.linux, resources: {} };
  const bundle = bundlePath(id);
  const directory = node.machinePathOf(bundle);
  await fs.mkdir(directory, { recursive: true });
  await fs.writeFile(
    `${directory}/config.json`,
    JSON.stringify({ ...config, mounts, linux }),
    { mode: 0o600 },
  );
  return bundle;
}

/** Where CRI-O keeps a container's bundle. */
export function bundlePath(id: string): string {
  return `/var/lib/containers/storage/overlay-containers/${id}/userdata`;
}
