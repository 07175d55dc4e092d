import { Security } from '@cubemig/plugin-cubemig-common';
import { SpecDump, toObjects } from './documents';

const SERVICE_ACCOUNT = 'kubernetes.io/serviceaccount';

/** What a container runtime or kubelet mounts by itself: files of the host, but made for this container. */
const RUNTIME_SOURCES =
  /\/(overlay|vfs|btrfs|zfs)-containers\/[0-9a-f]+\/userdata\/|\/sandboxes\/[0-9a-f]+\/|^\/var\/lib\/kubelet\/pods\//;
const RUNTIME_DESTINATIONS = [
  '/etc/hosts',
  '/etc/hostname',
  '/etc/resolv.conf',
  '/dev/shm',
  '/dev/termination-log',
  '/run/.containerenv',
  '/run/secrets',
];

/** Namespaces without which a container is inside the host's own. */
const NAMESPACES = ['pid', 'network', 'ipc', 'uts', 'mount'];

/** What the container was allowed to do. */
export function readSecurity(spec: SpecDump): Security {
  const own = new Set(spec.namespaces.map(({ type }) => type));
  return {
    // Kubernetes and podman give a privileged container all capabilities and devices, and mask nothing of /proc.
    privileged:
      spec.capabilities.includes('CAP_SYS_ADMIN') &&
      spec.maskedPaths.length === 0 &&
      spec.hasLinux,
    capabilities: spec.capabilities,
    no_new_privileges: spec.noNewPrivileges,
    host_namespaces: spec.hasLinux
      ? NAMESPACES.filter(type => !own.has(type))
      : [],
    host_mounts: spec.mounts
      .filter(
        mount =>
          (mount.type === 'bind' ||
            mount.options.some(o => o === 'bind' || o === 'rbind')) &&
          mount.source.startsWith('/') &&
          !RUNTIME_SOURCES.test(mount.source) &&
          !RUNTIME_DESTINATIONS.includes(mount.destination),
      )
      .map(({ destination, type, source, options }) => ({
        destination,
        type,
        source,
        read_only: options.includes('ro'),
      })),
    service_account_token: spec.mounts.some(({ destination }) =>
      destination.endsWith(SERVICE_ACCOUNT),
    ),
    declared_ports: readDeclaredPorts(spec.annotations),
  };
}

/** CRI-O keeps the ports that the pod's spec names; containerd's archives do not say. */
function readDeclaredPorts(
  annotations: Record<string, string>,
): Security['declared_ports'] {
  const text = annotations['io.kubernetes.container.ports'];
  if (text === undefined) {
    // The kubelet writes the annotation only if there are ports, so beside its others its absence means none.
    return annotations['io.kubernetes.container.hash'] === undefined
      ? undefined
      : [];
  }
  try {
    return toObjects(JSON.parse(text))
      .filter(port => typeof port.containerPort === 'number')
      .map(port => ({
        port: port.containerPort as number,
        protocol: typeof port.protocol === 'string' ? port.protocol : 'TCP',
      }));
  } catch {
    return undefined;
  }
}
