import { Descriptor, mediaTypes } from './manifest';
import { LayerUpload, uploadLayer } from './uploadLayer';

export interface Artifact extends LayerUpload {
  tag: string;
  /** What kind of thing it is, as a media type. */
  artifactType: string;
  /** The image that it is about. */
  subject?: Descriptor;
  annotations?: Record<string, string>;
}

export interface PushedArtifact {
  /** The manifest's digest, `sha256:...`. */
  digest: string;
  layerBytes: number;
}

/** Pushes something that is no image but belongs to one, as OCI image manifests allow since 1.1: one layer and an empty config. */
export async function pushArtifact(
  artifact: Artifact,
): Promise<PushedArtifact> {
  const { registry, repository, tag, signal } = artifact;
  const { artifactType, subject, annotations } = artifact;
  const { layer } = await uploadLayer(artifact);
  const empty = Buffer.from('{}');
  const config = await registry.uploadBlob(repository, empty, { signal });
  const manifest = {
    schemaVersion: 2 as const,
    mediaType: mediaTypes.manifest,
    artifactType,
    config: { mediaType: mediaTypes.empty, ...config },
    layers: [layer],
    subject,
    annotations,
  };
  const digest = await registry.putManifest(repository, tag, manifest, {
    signal,
  });
  return { digest, layerBytes: layer.size };
}
