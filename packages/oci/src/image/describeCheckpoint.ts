import {
  CRIO_CHECKPOINT_NAME,
  CRIU_CONTAINER_NAME,
  IMAGE_CREATED,
} from './checkpointAnnotations';
import { Descriptor, Manifest, mediaTypes } from './manifest';

/** What a checkpoint image says of itself, whether it lies in a registry or on a disk. */
export interface CheckpointDescription {
  /** Name of the container that was checkpointed. */
  container: string;
  /** As Go spells it: `amd64`, `arm64`. */
  architecture: string;
  /** Labels in the config and annotations on the manifest. */
  labels?: Record<string, string>;
  /** RFC 3339. */
  created: string;
}

/** The config of an image whose one layer is a checkpoint archive. `diffId` is the digest of the uncompressed archive. */
export function makeCheckpointConfig(
  { architecture, labels, created }: CheckpointDescription,
  diffId: string,
): object {
  return {
    created,
    architecture,
    os: 'linux',
    config: labels ? { Labels: labels } : {},
    rootfs: { type: 'layers', diff_ids: [diffId] },
    history: [{ created, created_by: 'CubeMig checkpoint' }],
  };
}

/** The manifest that makes CRI-O and containerd restore from the layer. */
export function makeCheckpointManifest(
  { container, labels, created }: CheckpointDescription,
  config: Omit<Descriptor, 'mediaType'>,
  layer: Descriptor,
): Manifest {
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, ...config },
    layers: [layer],
    annotations: {
      ...labels,
      [CRIO_CHECKPOINT_NAME]: container,
      [CRIU_CONTAINER_NAME]: container,
      [IMAGE_CREATED]: created,
    },
  };
}
