import type { ContainerRuntime } from './ContainerRuntime';
import { prepareCriu } from './criu/prepare/prepareCriu';

/** Real processes where they are wanted and can be had; otherwise says in one line what is missing, and takes emulated ones. */
export async function chooseRuntime(
  wanted: ContainerRuntime['kind'],
  say: (line: string) => void,
): Promise<ContainerRuntime['kind']> {
  if (wanted !== 'criu') {
    return wanted;
  }
  const preparation = await prepareCriu(say);
  if (!preparation.isReady) {
    say(`Containers are emulated, not real processes: ${preparation.reason}`);
    return 'emulated';
  }
  say(`Containers are real processes (${preparation.versions})`);
  return 'criu';
}
