import { KeyObject, verify } from 'node:crypto';
import { Descriptor } from '../image/manifest';
import { readBounded } from '../registry/body';
import { RegistryClient } from '../registry/RegistryClient';
import {
  PAYLOAD_TYPE,
  payloadSchema,
  SIGNATURE,
  SignedImage,
  signatureTag,
} from './payload';
import { SignatureError } from './SignatureError';
import { readVerifyingKey } from './signingKeys';

/** A payload is some hundred bytes long. */
const MAX_PAYLOAD_BYTES = 64 * 1024;
/** More signatures than anyone needs are not looked at. */
const MAX_SIGNATURES = 16;

export interface VerifyOptions {
  registry: Pick<RegistryClient, 'host' | 'resolveTag' | 'downloadBlob'>;
  repository: string;
  /** The manifest's digest, as it will be restored. */
  digest: string;
  /** The public key (ECDSA P-256, PEM) of the cluster that must have signed. */
  publicKey: string;
  /** What the signature must say besides. */
  claims?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Makes sure that the holder of a key has signed this very image, in this very repository. It proves where the image comes from, not that
 * its content is good. Throws a SignatureError if it does not.
 */
export async function verifyImage(options: VerifyOptions): Promise<void> {
  const { registry, repository, digest, signal } = options;
  const key = readVerifyingKey(options.publicKey);
  const reference = `${registry.host}/${repository}`;
  const tag = signatureTag(digest);
  const found = await registry.resolveTag(repository, tag, { signal });
  if (!found) {
    throw new SignatureError(
      'signature-missing',
      `${reference}@${digest} is not signed`,
    );
  }
  for (const layer of found.manifest.layers.slice(0, MAX_SIGNATURES)) {
    const payload = await readPayload(options, layer);
    const signature = layer.annotations?.[SIGNATURE];
    if (
      payload &&
      signature &&
      isSigned(payload, signature, key) &&
      speaksOf({ reference, digest }, payload, options.claims ?? {})
    ) {
      return;
    }
  }
  throw new SignatureError(
    'signature-wrong',
    `No signature of ${reference}@${digest} is of this key, this image and this repository`,
  );
}

async function readPayload(
  { registry, repository, signal }: VerifyOptions,
  layer: Descriptor,
): Promise<Buffer | undefined> {
  if (layer.mediaType !== PAYLOAD_TYPE || layer.size > MAX_PAYLOAD_BYTES) {
    return undefined;
  }
  const content = await registry.downloadBlob(repository, layer, { signal });
  return readBounded(content, MAX_PAYLOAD_BYTES);
}

function isSigned(payload: Buffer, signature: string, key: KeyObject): boolean {
  return verify('sha256', payload, key, Buffer.from(signature, 'base64'));
}

function speaksOf(
  image: SignedImage,
  payload: Buffer,
  claims: Record<string, string>,
): boolean {
  try {
    const { critical, optional } = payloadSchema.parse(
      JSON.parse(payload.toString('utf8')),
    );
    return (
      critical.image['docker-manifest-digest'] === image.digest &&
      critical.identity['docker-reference'] === image.reference &&
      Object.entries(claims).every(([name, said]) => optional?.[name] === said)
    );
  } catch {
    return false;
  }
}
