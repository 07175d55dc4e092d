import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { NodeContext } from '../NodeContext';
import type { PodWorkers } from '../pod/PodWorkers';
import { HttpAnswer } from './HttpAnswer';
import { LogOptions, readLog } from './readLog';

/** `GET /containerLogs/{namespace}/{pod}/{container}` (pkg/kubelet/server/server.go, getContainerLogs). */
export function containerLogs(
  node: NodeContext,
  pods: PodWorkers,
  [namespace, podName, container]: string[],
  query: URLSearchParams,
): AsyncGenerator<Buffer> {
  const worker = pods.find(namespace, podName);
  if (!worker) {
    throw new HttpAnswer(404, `pod "${podName}" does not exist\n`);
  }
  const record = worker.recordOf(container);
  if (!record) {
    throw new HttpAnswer(
      404,
      `container "${container}" not found in pod "${podName}"\n`,
    );
  }
  const isPrevious = query.get('previous') === 'true';
  // While it waits for its restart, the last run's log is the current one.
  const attempt = record.restartCount - (isPrevious ? 1 : 0);
  const logs = node.paths.podLogs(namespace, podName, worker.pod.metadata.uid);
  const { hostPath } = node.paths.at(
    posix.join(logs.nodePath, container, `${attempt}.log`),
  );
  if (isPrevious && (attempt < 0 || !existsSync(hostPath))) {
    throw new HttpAnswer(
      400,
      `previous terminated container "${container}" in pod "${podName}" not found`,
    );
  }
  if (!existsSync(hostPath)) {
    throw new HttpAnswer(
      400,
      `container "${container}" in pod "${podName}" is waiting to start: ${
        record.state.waiting?.reason ?? 'ContainerCreating'
      }`,
    );
  }
  const { containerId } = record;
  return readLog(
    hostPath,
    parseOptions(query),
    () =>
      !isPrevious &&
      record.containerId === containerId &&
      record.state.running !== undefined,
  );
}

function parseOptions(query: URLSearchParams): LogOptions {
  const number = (name: string) => {
    const text = query.get(name);
    if (text === null) {
      return undefined;
    }
    if (!/^\d+$/.test(text)) {
      throw new HttpAnswer(400, `Invalid value for "${name}": ${text}`);
    }
    return Number(text);
  };
  const seconds = number('sinceSeconds');
  const sinceTime = query.get('sinceTime');
  let since = sinceTime ? new Date(sinceTime) : undefined;
  if (seconds !== undefined) {
    since = new Date(Date.now() - seconds * 1000);
  }
  const tailLines = number('tailLines');
  const limitBytes = number('limitBytes');
  return {
    follow: query.get('follow') === 'true',
    timestamps: query.get('timestamps') === 'true',
    ...(since ? { since } : {}),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(limitBytes === undefined ? {} : { limitBytes }),
  };
}
