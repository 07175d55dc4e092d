import { sign } from 'node:crypto';
import { digestOf, mediaTypes } from '../image/manifest';
import { RegistryClient } from '../registry/RegistryClient';
import {
  encodePayload,
  PAYLOAD_TYPE,
  SIGNATURE,
  signatureTag,
} from './payload';
import { readSigningKey } from './signingKeys';

export interface SignOptions {
  registry: RegistryClient;
  repository: string;
  /** The manifest's digest. */
  digest: string;
  /** ECDSA P-256, PEM. */
  privateKey: string;
  /** What else the signature says of the image. */
  claims?: Record<string, string>;
  signal?: AbortSignal;
}

/** Signs an image as cosign does and puts the signature beside it, in the place of any that was there. */
export async function signImage(options: SignOptions): Promise<void> {
  const { registry, repository, digest, signal } = options;
  const key = readSigningKey(options.privateKey);
  const reference = `${registry.host}/${repository}`;
  const payload = encodePayload({ reference, digest }, options.claims ?? {});
  const signature = sign('sha256', payload, key).toString('base64');
  const layer = await registry.uploadBlob(repository, payload, { signal });
  const config = await registry.uploadBlob(
    repository,
    Buffer.from(
      JSON.stringify({
        architecture: '',
        os: '',
        config: {},
        rootfs: { type: 'layers', diff_ids: [digestOf(payload)] },
      }),
    ),
    { signal },
  );
  await registry.putManifest(
    repository,
    signatureTag(digest),
    {
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: { mediaType: mediaTypes.config, ...config },
      layers: [
        {
          mediaType: PAYLOAD_TYPE,
          ...layer,
          annotations: { [SIGNATURE]: signature },
        },
      ],
    },
    { signal },
  );
}
