import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { ContainerSpec } from '../../ContainerRuntime';
import { CriuRuntime } from '../CriuRuntime';

/** A network that no lab's node has. */
const PREFIX = '10.255.255';

/** Runs, checkpoints and restores a container. Returns the versions of what did it; fails with the reason that it gave. */
export async function tryCriu(root: string, stateDir: string): Promise<string> {
  const rootfs = join(stateDir, 'image');
  await fs.mkdir(rootfs);
  await fs.copyFile(join(root, 'usr/bin/busybox'), join(rootfs, 'busybox'));
  const runtime = await CriuRuntime.create({
    kind: 'criu',
    stateDir: join(stateDir, 'node'),
    podAddressPrefix: PREFIX,
  });
  try {
    const sandbox = await runtime.createSandbox({
      podNamespace: 'default',
      podName: 'try',
      podUid: 'try',
      hostname: 'try',
      labels: {},
      annotations: {},
    });
    const spec = trySpec(sandbox.id, rootfs, join(stateDir, 'log'));
    const source = await runtime.createContainer(spec);
    await runtime.startContainer(source);
    const archive = join(stateDir, 'try.tar');
    await runtime.checkpointContainer(source, archive);
    const target = await runtime.restoreContainer(spec, archive);
    await runtime.startContainer(target);
    return await runtime.versions();
  } finally {
    await runtime.close();
  }
}

function trySpec(
  sandboxId: string,
  rootfs: string,
  logPath: string,
): ContainerSpec {
  return {
    sandboxId,
    name: 'try',
    attempt: 0,
    image: {
      id: '0'.repeat(64),
      reference: 'try',
      repoDigest: 'try',
      rootfs,
      entrypoint: ['/busybox', 'sleep', '3600'],
      command: [],
      environment: [],
      workingDirectory: '/',
      user: '',
    },
    command: [],
    args: [],
    environment: [],
    mounts: [],
    logPath,
    nodeLogPath: logPath,
    annotations: {},
  };
}
