import { join } from 'node:path';
import { CriuRuntime } from '../CriuRuntime';
import { makeSleeper } from '../prepare/sleeper';

/** A lab for a test to kill: runs a container and says so. Arguments: a folder and an address prefix. */
async function main([directory, podAddressPrefix]: string[]): Promise<void> {
  const runtime = await CriuRuntime.create({
    kind: 'criu',
    stateDir: join(directory, 'node'),
    podAddressPrefix,
  });
  const spec = await makeSleeper(runtime, directory);
  await runtime.startContainer(await runtime.createContainer(spec));
  console.log('running');
}

void main(process.argv.slice(2));
