import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Media types of the OCI image specification. */
export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  layerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  /** The content of what has none, such as the config of an artifact: `{}`. */
  empty: 'application/vnd.oci.empty.v1+json',
} as const;

export const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const descriptorSchema = z.object({
  mediaType: z.string().max(255),
  digest: digestSchema,
  /** In bytes. */
  size: z.number().int().nonnegative(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;

/** An OCI image manifest. Images in Docker's format do not match: CRI-O ignores checkpoint annotations in those. */
export const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.literal(mediaTypes.manifest).optional(),
  artifactType: z.string().max(255).optional(),
  config: descriptorSchema,
  layers: z.array(descriptorSchema).max(128),
  /** What this one is about. */
  subject: descriptorSchema.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** `sha256:<hex>` of some bytes. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** A manifest as it is sent, and what refers to it. */
export function encodeManifest(manifest: Manifest): {
  content: Buffer;
  descriptor: Descriptor;
} {
  const content = Buffer.from(JSON.stringify(manifest));
  const mediaType = manifest.mediaType ?? mediaTypes.manifest;
  const digest = digestOf(content);
  return { content, descriptor: { mediaType, digest, size: content.length } };
}
