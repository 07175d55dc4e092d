import { join } from 'node:path';
import { CriuRuntime } from '../CriuRuntime';
import { makeSleeper } from './sleeper';

/** A network that no lab's node has. */
const PREFIX = '10.255.255';

/** Runs, checkpoints and restores a container. Returns the versions of what did it; fails with the reason that it gave. */
export async function tryCriu(directory: string): Promise<string> {
  const runtime = await CriuRuntime.create({
    kind: 'criu',
    stateDir: join(directory, 'node'),
    podAddressPrefix: PREFIX,
  });
  try {
    const spec = await makeSleeper(runtime, directory);
    const source = await runtime.createContainer(spec);
    await runtime.startContainer(source);
    const archive = join(directory, 'try.tar');
    await runtime.checkpointContainer(source, archive);
    const target = await runtime.restoreContainer(spec, archive);
    await runtime.startContainer(target);
    return await runtime.versions();
  } finally {
    await runtime.close();
  }
}
