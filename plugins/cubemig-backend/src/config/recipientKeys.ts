import { readPublicKey } from '@cubemig/oci';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const keyFile = z.string().min(1);

/** `cubemig.registry.encryption` of app-config. */
export const encryptionSchema = z.strictObject({
  platformKeyFile: keyFile.optional(),
  clusters: z
    .array(z.strictObject({ name: z.string().min(1), publicKeyFile: keyFile }))
    .min(1),
});

/** For whom checkpoints are encrypted: public RSA keys in PEM. */
export interface RecipientKeys {
  /** By the name of the target cluster. */
  clusters: Map<string, string>;
  /** The platform's own, which can read every checkpoint. */
  platform?: string;
}

/** @throws Error that names the key and the file that cannot be used */
export function readRecipientKeys(
  encryption: z.infer<typeof encryptionSchema>,
): RecipientKeys {
  const { clusters, platformKeyFile } = encryption;
  return {
    clusters: new Map(
      clusters.map(({ name, publicKeyFile }) => [
        name,
        readKey(publicKeyFile, `clusters (${name})`),
      ]),
    ),
    platform: platformKeyFile && readKey(platformKeyFile, 'platformKeyFile'),
  };
}

function readKey(file: string, setting: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    readPublicKey(pem);
    return pem;
  } catch (error) {
    throw new Error(
      `CubeMig cannot use the file ${file} of cubemig.registry.encryption.${setting}: ${
        (error as Error).message
      }`,
    );
  }
}
