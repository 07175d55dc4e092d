import type { ContainerRuntime } from './ContainerRuntime';
import { CriuRuntime } from './criu/CriuRuntime';
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
  return options.kind === 'criu'
    ? CriuRuntime.create(options)
    : EmulatedRuntime.create(options);
}
