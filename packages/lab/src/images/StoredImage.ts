import type { ContainerImage } from '../runtime/ContainerRuntime';

/** CRI-O restores a container from an image whose manifest has this annotation. */
const CHECKPOINT_ANNOTATION = 'io.kubernetes.cri-o.annotations.checkpoint.name';

/** An image in a node's store. */
export interface StoredImage extends Omit<ContainerImage, 'reference'> {
  /** Names it was pulled by, those with a digest first. */
  names: string[];
  /** All layers and the config. */
  sizeBytes: number;
  mediaType: string;
  annotations: Record<string, string>;
  /** The uncompressed archive of a checkpoint image, a real path of this machine. */
  checkpointArchive?: string;
}

/** Whether CRI-O would restore it: an OCI manifest (docker's have no annotations) with its key, and one layer. */
export function isCheckpointManifest(
  mediaType: string,
  manifest: { annotations?: Record<string, string>; layers: unknown[] },
): boolean {
  return (
    mediaType === 'application/vnd.oci.image.manifest.v1+json' &&
    manifest.annotations?.[CHECKPOINT_ANNOTATION] !== undefined &&
    manifest.layers.length === 1
  );
}
