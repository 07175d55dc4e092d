import {
  EncryptionError,
  ENC_KEYS_JWE,
  isEncrypted,
  readPublicKey,
  unwrapKey,
  wrapKey,
} from '../encryption';
import { RegistryClient } from '../registry/RegistryClient';
import { Descriptor } from './manifest';

export interface Rewrap {
  registry: RegistryClient;
  repository: string;
  /** The encrypted image, as it is now. */
  digest: string;
  /** Keys (RSA, PEM) of which one can read it: the platform's. */
  privateKeys: string[];
  /** Who is to read it from now on: public keys (RSA, PEM), the platform's own too if it is to be one. */
  recipients: string[];
  /** The tag of the new image; the old one keeps its own. */
  tag: string;
  signal?: AbortSignal;
}

/**
 * Gives a stored checkpoint to other readers, without touching what is encrypted: only the layer's key is wrapped anew, so only a manifest
 * is pushed. The new image has a digest of its own and is not signed.
 *
 * @throws EncryptionError if it is not encrypted, or for nobody whose key is at hand
 * @returns the new manifest's digest
 */
export async function rewrapCheckpoint(rewrap: Rewrap): Promise<string> {
  const { registry, repository, tag, signal } = rewrap;
  const manifest = await registry.getManifest(repository, rewrap.digest, {
    signal,
  });
  if (!manifest.layers.some(isEncrypted)) {
    throw new EncryptionError(
      'encryption-content',
      `${registry.host}/${repository}@${rewrap.digest} is not encrypted`,
    );
  }
  const layers = await Promise.all(
    manifest.layers.map(layer => rewrapLayer(layer, rewrap)),
  );
  return registry.putManifest(
    repository,
    tag,
    { ...manifest, layers },
    { signal },
  );
}

async function rewrapLayer(
  layer: Descriptor,
  { privateKeys, recipients }: Rewrap,
): Promise<Descriptor> {
  if (!isEncrypted(layer)) return layer;
  const secret = await unwrapKey(
    layer.annotations?.[ENC_KEYS_JWE] ?? '',
    privateKeys,
  );
  const wrapped = await wrapKey(secret, recipients.map(readPublicKey));
  return {
    ...layer,
    annotations: { ...layer.annotations, [ENC_KEYS_JWE]: wrapped },
  };
}
