import type { ContainerRuntime } from './ContainerRuntime';
import { EmulatedRuntime } from './emulated/EmulatedRuntime';

export interface RuntimeOptions {
  kind: ContainerRuntime['kind'];
  /** A folder of this node's runtime alone. */
  stateDir: string;
  /** The first three octets of the addresses that the node's pods get. */
  podAddressPrefix: string;
}

/** Starts one node's container runtime. */
export async function createRuntime(
  options: RuntimeOptions,
): Promise<ContainerRuntime> {
  if (options.kind !== 'emulated') {
    throw new Error(`There is no container runtime '${options.kind}'`);
  }
  return EmulatedRuntime.create(options);
}
