import type { ContainerSpec, Sandbox } from '../ContainerRuntime';

/** A mount of the OCI runtime specification. */
export interface OciMount {
  destination: string;
  type: string;
  source: string;
  options: string[];
}

/** Mounts that the runtime makes itself, whatever the pod asks for. */
const kernelMounts: OciMount[] = [
  {
    destination: '/proc',
    type: 'proc',
    source: 'proc',
    options: ['nosuid', 'noexec', 'nodev'],
  },
  {
    destination: '/dev',
    type: 'tmpfs',
    source: 'tmpfs',
    options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
  },
  {
    destination: '/dev/pts',
    type: 'devpts',
    source: 'devpts',
    options: [
      'nosuid',
      'noexec',
      'newinstance',
      'ptmxmode=0666',
      'mode=0620',
      'gid=5',
    ],
  },
  {
    destination: '/dev/mqueue',
    type: 'mqueue',
    source: 'mqueue',
    options: ['nosuid', 'noexec', 'nodev'],
  },
  {
    destination: '/sys',
    type: 'sysfs',
    source: 'sysfs',
    options: ['nosuid', 'noexec', 'nodev', 'ro'],
  },
  {
    destination: '/sys/fs/cgroup',
    type: 'cgroup',
    source: 'cgroup',
    options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'],
  },
];

/** Where CRI-O keeps a sandbox's or container's own files. */
export function userdataPath(id: string): string {
  return `/run/containers/storage/overlay-containers/${id}/userdata`;
}

/** All mounts of a container in the order in which CRI-O puts them into its specification. */
export function containerMounts(
  spec: ContainerSpec,
  sandbox: Sandbox,
): OciMount[] {
  const own = userdataPath(sandbox.id);
  const bind = (destination: string, source: string, ...options: string[]) => ({
    destination,
    type: 'bind',
    source,
    options: [...options, 'bind'],
  });
  return [
    ...kernelMounts,
    bind('/dev/shm', `${own}/shm`, 'rw'),
    {
      ...bind('/etc/resolv.conf', `${own}/resolv.conf`),
      options: ['rw', 'bind', 'nodev', 'nosuid', 'noexec'],
    },
    bind('/etc/hostname', `${own}/hostname`, 'rw'),
    bind('/run/.containerenv', `${own}/.containerenv`, 'rw'),
    ...spec.mounts.map(mount =>
      bind(
        mount.containerPath,
        mount.nodePath,
        'rbind',
        'rprivate',
        mount.readOnly ? 'ro' : 'rw',
      ),
    ),
  ];
}

/** Destinations that a restore sets up itself, so that the new pod need not have them (CRI-O, container_restore.go). */
const restoredByRuntime = new Set([
  '/proc',
  '/dev',
  '/dev/pts',
  '/dev/mqueue',
  '/sys',
  '/sys/fs/cgroup',
  '/dev/shm',
  '/etc/resolv.conf',
  '/etc/hostname',
  '/run/secrets',
  '/run/.containerenv',
]);

/** The mounts of a dump that the new container lacks. */
export function missingMounts(
  dumped: { destination: string }[],
  spec: ContainerSpec,
): string[] {
  const present = new Set(spec.mounts.map(mount => mount.containerPath));
  return dumped
    .map(({ destination }) => destination)
    .filter(path => !restoredByRuntime.has(path) && !present.has(path));
}
