import { CheckpointTask } from '@cubemig/plugin-cubemig-common';
import { Manifest } from '@cubemig/oci';
import { ArchiveFacts } from './inspectArchive';

const labels = {
  migration: 'cubemig.io/migration',
  namespace: 'cubemig.io/namespace',
  pod: 'cubemig.io/pod',
  podUid: 'cubemig.io/pod-uid',
  container: 'cubemig.io/container',
  archiveBytes: 'cubemig.io/archive-bytes',
  frozenMicros: 'cubemig.io/frozen-micros',
};

/** What everything that is of a pod tells of it. */
export function podLabels(request: CheckpointTask): Record<string, string> {
  return {
    [labels.migration]: request.migration,
    [labels.namespace]: request.pod.namespace,
    [labels.pod]: request.pod.name,
    [labels.podUid]: request.pod.uid,
  };
}

/** Whether a manifest is of this very request's pod. */
export function isOfPod(request: CheckpointTask, manifest: Manifest): boolean {
  const told = manifest.annotations ?? {};
  return (
    told[labels.migration] === request.migration &&
    told[labels.podUid] === request.pod.uid
  );
}

/** What a checkpoint image tells of itself, as labels and annotations. */
export function checkpointLabels(
  request: CheckpointTask,
  container: string,
  archive: ArchiveFacts,
): Record<string, string> {
  return {
    ...podLabels(request),
    [labels.container]: container,
    [labels.archiveBytes]: String(archive.size),
    ...(archive.frozenMicros !== undefined
      ? { [labels.frozenMicros]: String(archive.frozenMicros) }
      : {}),
  };
}

/** The figures of an image that an earlier run of this very request pushed; undefined if the image is any other. */
export function readCheckpointLabels(
  request: CheckpointTask,
  container: string,
  manifest: Manifest,
):
  | { archiveBytes: number; layerBytes: number; frozenMicros?: number }
  | undefined {
  const told = manifest.annotations ?? {};
  const isOurs =
    isOfPod(request, manifest) &&
    told[labels.container] === container &&
    manifest.layers.length === 1;
  if (!isOurs) {
    return undefined;
  }
  const layerBytes = manifest.layers[0].size;
  const frozenMicros = Number(told[labels.frozenMicros]);
  return {
    archiveBytes: Number(told[labels.archiveBytes]) || layerBytes,
    layerBytes,
    ...(frozenMicros > 0 ? { frozenMicros } : {}),
  };
}
