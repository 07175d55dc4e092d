import { Readable } from 'node:stream';
import { decryptLayer, isEncrypted } from '../encryption';
import { unpackLayer } from '../layer/unpackLayer';
import { RegistryClient } from '../registry/RegistryClient';
import { Descriptor } from './manifest';

export interface LayerReading {
  registry: Pick<RegistryClient, 'downloadBlob'>;
  repository: string;
  layer: Descriptor;
  /** Private keys (RSA, PEM), for a layer that is encrypted. */
  privateKeys?: string[];
  signal?: AbortSignal;
}

/**
 * A layer's content, decrypted and unpacked on the way. It fails at its end unless every byte was what the descriptor says: until then,
 * nothing in it should be believed.
 */
export async function readLayer(reading: LayerReading): Promise<Readable> {
  const { registry, repository, layer, privateKeys = [], signal } = reading;
  const blob = await registry.downloadBlob(repository, layer, { signal });
  if (!isEncrypted(layer)) return unpackLayer(layer.mediaType, blob);
  try {
    const plain = await decryptLayer(layer, blob, privateKeys);
    return unpackLayer(plain.mediaType, plain.content);
  } catch (error) {
    blob.destroy();
    throw error;
  }
}
