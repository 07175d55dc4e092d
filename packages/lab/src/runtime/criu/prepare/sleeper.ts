import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { ContainerSpec } from '../../ContainerRuntime';
import type { CriuRuntime } from '../CriuRuntime';
import { criuRoot } from './criuRoot';

/** Makes a pod whose container does nothing, for as long as it lives. `directory` is for its image and log. */
export async function makeSleeper(
  runtime: CriuRuntime,
  directory: string,
): Promise<ContainerSpec> {
  const rootfs = join(directory, 'image');
  await fs.mkdir(rootfs, { recursive: true });
  const busybox = join(criuRoot(), 'usr/bin/busybox');
  await fs.copyFile(busybox, join(rootfs, 'busybox'));
  const sandbox = await runtime.createSandbox({
    podNamespace: 'default',
    podName: 'sleeper',
    podUid: 'sleeper',
    hostname: 'sleeper',
    labels: {},
    annotations: {},
  });
  const logPath = join(directory, 'log');
  return {
    sandboxId: sandbox.id,
    name: 'sleeper',
    attempt: 0,
    image: {
      id: '0'.repeat(64),
      reference: 'sleeper',
      repoDigest: 'sleeper',
      rootfs,
      // A dump interrupts system calls: a lone `sleep` would end early.
      entrypoint: ['/busybox', 'sh', '-c', 'while true; do sleep 1; done'],
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
