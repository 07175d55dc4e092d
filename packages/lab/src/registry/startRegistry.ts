export interface RegistryOptions {
  /** A loopback address. */
  host: string;
  /** 0 takes any free port. */
  port: number;
  stateDir: string;
  /** Without them the registry is open to everybody. */
  username?: string;
  password?: string;
}

export interface Registry {
  /** `http://host:port`. */
  url: string;
  host: string;
  port: number;
  username?: string;
  password?: string;
  close(): Promise<void>;
}

/** Starts an OCI distribution registry on disk, over plain http. */
export async function startRegistry(
  _options: RegistryOptions,
): Promise<Registry> {
  throw new Error('not written yet');
}
