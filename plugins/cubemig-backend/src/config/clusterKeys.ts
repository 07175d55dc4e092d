import { readPublicKey, readVerifyingKey } from '@cubemig/oci';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const keyFile = z.string().min(1);

const clusterKeys = z
  .array(z.strictObject({ name: z.string().min(1), publicKeyFile: keyFile }))
  .min(1);

/** `cubemig.registry.encryption` of app-config. */
export const encryptionSchema = z.strictObject({
  platformKeyFile: keyFile.optional(),
  platformPrivateKeyFile: keyFile.optional(),
  clusters: clusterKeys,
});

/** `cubemig.registry.signedBy` of app-config. */
export const signedBySchema = clusterKeys;

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
  const read = (file: string, setting: string) =>
    readKey(file, `encryption.${setting}`, readPublicKey);
  return {
    clusters: new Map(
      clusters.map(({ name, publicKeyFile }) => [
        name,
        read(publicKeyFile, `clusters (${name})`),
      ]),
    ),
    platform: platformKeyFile && read(platformKeyFile, 'platformKeyFile'),
  };
}

/**
 * The platform's private key in PEM, where config names one.
 *
 * @throws Error that names the file that cannot be used
 */
export function readPlatformPrivateKey({
  platformPrivateKeyFile,
}: z.infer<typeof encryptionSchema>): string | undefined {
  return (
    platformPrivateKeyFile &&
    readKey(
      platformPrivateKeyFile,
      'encryption.platformPrivateKeyFile',
      createPrivateKey,
    )
  );
}

/**
 * The public keys with which clusters sign, by the cluster's name.
 *
 * @throws Error that names the key and the file that cannot be used
 */
export function readSigners(
  signedBy: z.infer<typeof signedBySchema>,
): Map<string, string> {
  return new Map(
    signedBy.map(({ name, publicKeyFile }) => [
      name,
      readKey(publicKeyFile, `signedBy (${name})`, readVerifyingKey),
    ]),
  );
}

function readKey(
  file: string,
  setting: string,
  validate: (pem: string) => unknown,
): string {
  try {
    const pem = readFileSync(file, 'utf8');
    validate(pem);
    return pem;
  } catch (error) {
    throw new Error(
      `CubeMig cannot use the file ${file} of cubemig.registry.${setting}: ${
        (error as Error).message
      }`,
    );
  }
}
