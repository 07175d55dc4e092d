import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { openKubelet } from '../kubelet/openKubelet';
import { openRegistry } from '../openRegistry';
import { EventLog } from '../output/EventLog';
import { Outcome } from '../runTask';
import { Surroundings } from '../Surroundings';
import { Courier } from './Courier';

/** The task `checkpoint`. */
export async function takeCheckpoints(
  request: CheckpointTask,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { files, redactor, stop, writeLine } = surroundings;
  const signingKey = await files.readSigningKey();
  const kubelet = await openKubelet(request.kubelet, surroundings);
  const registry = await openRegistry(request.registry, surroundings);
  try {
    return await new Courier({
      request,
      files,
      kubelet,
      registry,
      signingKey,
      log: new EventLog(writeLine),
      redactor,
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      stop,
    }).run();
  } finally {
    await Promise.all([registry.close(), kubelet.close()]);
  }
}
