import type { ContainerState } from '../../runtime/ContainerRuntime';
import type { NodeContext } from '../NodeContext';

/** Resolves when a container has ended; to be asked for before it is started. */
export function exitOf(
  { runtime }: NodeContext,
  containerId: string,
): Promise<ContainerState> {
  return new Promise(resolve => {
    const stop = runtime.onExit(state => {
      if (state.id === containerId) {
        stop();
        resolve(state);
      }
    });
  });
}
