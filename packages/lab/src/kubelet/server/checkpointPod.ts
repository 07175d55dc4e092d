import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';
import type { NodeContext } from '../NodeContext';
import { disturbCheckpoint, nodeTime, strikeNode } from '../nodeFaults';
import type { PodWorkers } from '../pod/PodWorkers';
import { HttpAnswer } from './HttpAnswer';

/** `POST /checkpoint/{namespace}/{pod}/{container}` (pkg/kubelet/server/server.go, checkpoint). Returns the archive's path on the node. */
export async function checkpointPod(
  node: NodeContext,
  pods: PodWorkers,
  [namespace, podName, container]: string[],
  query: URLSearchParams,
): Promise<string> {
  const worker = pods.find(namespace, podName);
  if (!worker) {
    throw new HttpAnswer(404, 'pod does not exist');
  }
  if (!worker.recordOf(container)) {
    throw new HttpAnswer(404, `container ${container} does not exist`);
  }
  const timeout = query.getAll('timeout').at(-1);
  if (timeout !== undefined && !/^[+-]?\d+$/.test(timeout)) {
    // The status is what the kubelet's code says, odd as it is.
    throw new HttpAnswer(404, 'cannot parse value of timeout parameter');
  }
  const failed = (reason: string) =>
    new HttpAnswer(
      500,
      `checkpointing of ${namespace}/${podName}/${container} failed (${reason})`,
    );
  const containerId = worker.runningContainer(container);
  if (!containerId) {
    throw failed(`container ${container} not found`);
  }
  const archive = node.paths.checkpoint(
    podName,
    namespace,
    container,
    nodeTime(node),
  );
  await fs.mkdir(dirname(archive.hostPath), { recursive: true });
  try {
    await disturbCheckpoint(node, containerId, Number(timeout ?? 0));
    await node.runtime.checkpointContainer(containerId, archive.hostPath);
  } catch (error) {
    throw failed(
      `rpc error: code = Unknown desc = ${(error as Error).message}`,
    );
  }
  if (strikeNode(node, 'checkpoint-restarts-source')) {
    await node.runtime.stopContainer(containerId, 0);
  }
  return archive.nodePath;
}
