import { Readable } from 'node:stream';
import { Checkpoint, readChunks, readReport } from '@cubemig/checkpoint';

/** What an image of a checkpoint tells of itself. Names are those that checkpointctl and podman give to annotations. */
export async function describeImage(checkpoint: Checkpoint) {
  const report = await readReport(checkpoint, {
    sections: { rootfs: false, log: false, dumpLog: false },
  });
  const labels = {
    'org.criu.checkpoint.engine.name': report.engine,
    'org.criu.checkpoint.pod.name': report.metadata?.pod_name,
    'org.criu.checkpoint.pod.namespace': report.metadata?.kubernetes_namespace,
    'org.criu.checkpoint.rootfsImageName': report.image,
    'org.criu.checkpoint.runtime.name': report.runtime,
  };
  return {
    container: report.container_name,
    architecture: checkpoint.architecture,
    labels: Object.fromEntries(
      Object.entries(labels).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
      ),
    ),
  };
}

/** The checkpoint's tar as a stream, unpacked if it was compressed. */
export function tarOf(checkpoint: Checkpoint): Readable {
  return Readable.from(readChunks(checkpoint.archive.tar), {
    objectMode: false,
  });
}
