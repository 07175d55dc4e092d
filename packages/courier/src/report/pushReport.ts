import { Readable } from 'node:stream';
import { Descriptor, pushArtifact, RegistryClient } from '@cubemig/oci';
import {
  CheckpointTask,
  courierMediaTypes,
  reportTag,
} from '@cubemig/plugin-cubemig-common';

/** Puts a report beside the image that it is about, readable for the platform alone if it has a key. */
export async function pushReport(
  task: CheckpointTask,
  container: string,
  report: Buffer,
  options: {
    registry: RegistryClient;
    image: Descriptor;
    annotations: Record<string, string>;
    signal: AbortSignal;
  },
): Promise<{ digest: string; bytes: number }> {
  const { registry, image, annotations, signal } = options;
  const { digest, layerBytes } = await pushArtifact({
    registry,
    repository: task.registry.repository,
    tag: reportTag(task.migration, container),
    artifactType: courierMediaTypes.report,
    archive: Readable.from([report]),
    // It is packed already.
    compression: 'none',
    mediaType: courierMediaTypes.reportLayer,
    recipients: task.platformKey ? [task.platformKey] : undefined,
    subject: image,
    annotations,
    signal,
  });
  return { digest, bytes: layerBytes };
}
