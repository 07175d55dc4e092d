import type { Registry } from '../registry/startRegistry';

export interface SeedOptions {
  registry: Registry;
  /** The courier's bundle, one JavaScript file. Without it (or if it does not exist) no courier image is made. */
  courier?: string;
  /** The tag of the courier's image. */
  courierVersion: string;
}

/** Builds the images of the demo programs and of the courier and pushes them. Returns their references, `registry.lab/demo/counter:1` ... */
export async function seedImages(_options: SeedOptions): Promise<string[]> {
  throw new Error('not written yet');
}
