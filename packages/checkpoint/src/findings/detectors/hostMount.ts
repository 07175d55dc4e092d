import { Severity } from '@cubemig/plugin-cubemig-common';
import { Detector, detectionsBySeverity } from '../Detector';

/** Whoever can talk to the runtime can start a privileged container. */
const RUNTIME_SOCKET = /\/(docker|containerd|crio|podman|cri-dockerd)\.sock$/;

/** Folders that decide over the node. */
const GRAVE =
  /^\/($|etc(\/|$)|root(\/|$)|boot(\/|$)|proc(\/|$)|sys(\/|$)|dev(\/|$)|var\/run\/?$|run\/?$|usr(\/|$)|lib(\/|$)|home(\/|$)|var\/lib\/(kubelet|etcd|containers|containerd|docker)\/?)/;

export const hostMount: Detector = {
  id: 'host-mount',
  title: 'A folder of the node is mounted',
  technique: { id: 'T1611', name: 'Escape to Host' },
  explanation:
    'The container sees files of the node that are not made for it. With a writable one, or the socket of the container runtime, it can take over the node.',
  remedy:
    'Use volumes instead of hostPath, or mount read-only what is really needed.',
  detect: ({ report }) =>
    detectionsBySeverity(
      report.security.host_mounts.map(({ source, destination, read_only }) => ({
        severity: rate(source, read_only),
        evidence: {
          file: destination,
          detail: `${source} of the node is mounted at ${destination}, ${
            read_only ? 'read-only' : 'writable'
          }`,
        },
      })),
    ),
};

function rate(source: string, isReadOnly: boolean): Severity {
  if (RUNTIME_SOCKET.test(source)) {
    return 'critical';
  }
  if (GRAVE.test(source)) {
    return isReadOnly ? 'medium' : 'high';
  }
  return isReadOnly ? 'low' : 'medium';
}
