import { z } from 'zod';
import { digestSchema } from '../image/manifest';

/** What a signature says, and of what ("simple signing", as cosign writes it). */
export const payloadSchema = z.object({
  critical: z.object({
    identity: z.object({ 'docker-reference': z.string() }),
    image: z.object({ 'docker-manifest-digest': digestSchema }),
    type: z.literal('cosign container image signature'),
  }),
  optional: z.record(z.string(), z.unknown()).nullish(),
});

/** An image, as a signature names it. */
export interface SignedImage {
  /** `host/repository`, without tag or digest. */
  reference: string;
  /** The manifest's digest. */
  digest: string;
}

export function encodePayload(
  image: SignedImage,
  claims: Record<string, string>,
): Buffer {
  return Buffer.from(
    JSON.stringify({
      critical: {
        identity: { 'docker-reference': image.reference },
        image: { 'docker-manifest-digest': image.digest },
        type: 'cosign container image signature',
      },
      optional: claims,
    } satisfies z.infer<typeof payloadSchema>),
  );
}

/** The tag under which cosign looks for an image's signatures, in the image's own repository. */
export function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

/** The media type of a payload that is a layer. */
export const PAYLOAD_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';
/** The signature of that payload, in base64: an annotation of the layer. */
export const SIGNATURE = 'dev.cosignproject.cosign/signature';
