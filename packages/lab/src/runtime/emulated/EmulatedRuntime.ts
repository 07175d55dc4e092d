import type { ContainerRuntime } from '../ContainerRuntime';
import type { RuntimeOptions } from '../createRuntime';

/** Containers whose processes are TypeScript programs with real memory pages. */
export abstract class EmulatedRuntime {
  static async create(_options: RuntimeOptions): Promise<ContainerRuntime> {
    throw new Error('not written yet');
  }
}
