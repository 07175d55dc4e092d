/**
 * Marks an OCI image as a checkpoint for CRI-O, which only looks whether it is there: its value is the container's name. It must be on
 * the manifest; on the config it counts for nothing.
 */
export const CRIO_CHECKPOINT_NAME =
  'io.kubernetes.cri-o.annotations.checkpoint.name';

/** The same for containerd. Both on one image do not disturb each other. */
export const CRIU_CONTAINER_NAME = 'org.criu.checkpoint.container.name';

/** OCI's own: when the image was made (RFC 3339). */
export const IMAGE_CREATED = 'org.opencontainers.image.created';
