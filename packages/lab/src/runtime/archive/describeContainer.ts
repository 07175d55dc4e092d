import { statSync } from 'node:fs';
import type { ContainerState, Sandbox } from '../ContainerRuntime';
import { formatLogTime } from '../log/ContainerLog';
import { containerMounts, userdataPath } from './containerMounts';

const NEVER = '0001-01-01T00:00:00Z';
const CAPABILITIES =
  'CHOWN DAC_OVERRIDE FSETID FOWNER SETGID SETUID SETPCAP NET_BIND_SERVICE KILL'
    .split(' ')
    .map(name => `CAP_${name}`);

/** What an archive says about the container it was made of. */
export interface ContainerDescription {
  state: ContainerState;
  sandbox: Sandbox;
  argv: string[];
  environment: string[];
  workingDirectory: string;
  /** The OCI runtime, for example `crun`. */
  ociRuntime: string;
  restoredAt?: Date;
}

/** `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`, as CRI-O names containers. */
function criName({ state, sandbox }: ContainerDescription): string {
  const { podName, podNamespace, podUid } = sandbox.spec;
  const { name, attempt } = state.spec;
  return `k8s_${name}_${podName}_${podNamespace}_${podUid}_${attempt}`;
}

/** The control group of the container, below the root of the hierarchy. */
export function cgroupPath({ state, sandbox }: ContainerDescription): string {
  return `/kubepods/besteffort/pod${sandbox.spec.podUid}/crio-${state.id}`;
}

/** `config.dump`. */
export function configDump(
  description: ContainerDescription,
  checkpointedAt: Date,
) {
  const { state, ociRuntime, restoredAt } = description;
  return {
    id: state.id,
    name: criName(description),
    rootfsImage: state.spec.image.id,
    rootfsImageRef: state.spec.image.id,
    rootfsImageName: state.spec.image.reference,
    runtime: ociRuntime,
    createdTime: state.createdAt.toISOString(),
    checkpointedTime: checkpointedAt.toISOString(),
    restoredTime: restoredAt?.toISOString() ?? NEVER,
    restored: restoredAt !== undefined,
  };
}

/** `bind.mounts`: the files and folders that a restore has to find. */
export function bindMounts({ state, sandbox }: ContainerDescription) {
  const own = userdataPath(sandbox.id);
  const entry = (
    source: string,
    destination: string,
    isDirectory: boolean,
    mode: number,
  ) => ({
    source,
    destination,
    file_type: isDirectory ? 'directory' : 'file',
    permissions: mode,
  });
  return [
    entry(`${own}/resolv.conf`, '/etc/resolv.conf', false, 0o644),
    entry(`${own}/hostname`, '/etc/hostname', false, 0o644),
    ...state.spec.mounts.map(({ hostPath, nodePath, containerPath }) => {
      const stats = statSync(hostPath);
      return entry(
        nodePath,
        containerPath,
        stats.isDirectory(),
        stats.mode & 0o777,
      );
    }),
  ];
}

/** `spec.dump`: the OCI runtime specification with CRI-O's annotations. */
export function specDump(description: ContainerDescription) {
  const { state, sandbox, argv, environment, workingDirectory } = description;
  const user = state.spec.securityContext;
  const uid = user?.runAsUser ?? 0;
  const gid = user?.runAsGroup ?? 0;
  return {
    ociVersion: '1.3.0',
    process: {
      user: { uid, gid, additionalGids: [gid] },
      args: argv,
      env: environment,
      cwd: workingDirectory,
      capabilities: {
        bounding: CAPABILITIES,
        effective: uid === 0 ? CAPABILITIES : [],
        permitted: uid === 0 ? CAPABILITIES : [],
      },
      oomScoreAdj: 1000,
    },
    root: { path: mountPoint(state) },
    hostname: sandbox.spec.hostname,
    mounts: containerMounts(state.spec, sandbox),
    annotations: specAnnotations(description),
    linux: {
      resources: {
        devices: [{ allow: false, access: 'rwm' }],
        cpu: { shares: 2, quota: 0, period: 100000 },
        pids: { limit: -1 },
      },
      cgroupsPath: cgroupPath(description),
      namespaces: [
        { type: 'pid' },
        { type: 'network', path: `/run/crio/ns/netns/${sandbox.spec.podUid}` },
        { type: 'ipc', path: `/run/crio/ns/ipcns/${sandbox.spec.podUid}` },
        { type: 'uts', path: `/run/crio/ns/utsns/${sandbox.spec.podUid}` },
        { type: 'mount' },
      ],
      maskedPaths: ['/proc/acpi', '/proc/kcore', '/proc/keys', '/sys/firmware'],
      readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys'],
    },
  };
}

function mountPoint({ id }: ContainerState): string {
  return `/var/lib/containers/storage/overlay/${id}/merged`;
}

function specAnnotations(description: ContainerDescription) {
  const { state, sandbox } = description;
  const { image, annotations, name, nodeLogPath, mounts } = state.spec;
  const { podName, podNamespace, podUid, labels } = sandbox.spec;
  return {
    ...sandbox.spec.annotations,
    'io.container.manager': 'cri-o',
    'io.kubernetes.container.name': name,
    ...annotations,
    'io.kubernetes.cri-o.Annotations': JSON.stringify(annotations),
    'io.kubernetes.cri-o.ContainerID': state.id,
    'io.kubernetes.cri-o.ContainerType': 'container',
    'io.kubernetes.cri-o.Created': formatLogTime(state.createdAt).replace(
      '+00:00',
      'Z',
    ),
    'io.kubernetes.cri-o.IP.0': sandbox.address,
    'io.kubernetes.cri-o.Image': image.id,
    'io.kubernetes.cri-o.ImageName': image.reference,
    'io.kubernetes.cri-o.ImageRef': image.id,
    'io.kubernetes.cri-o.ImageRepoDigests': image.repoDigest,
    'io.kubernetes.cri-o.Labels': JSON.stringify({
      'io.kubernetes.container.name': name,
      'io.kubernetes.pod.name': podName,
      'io.kubernetes.pod.namespace': podNamespace,
      'io.kubernetes.pod.uid': podUid,
      ...labels,
    }),
    'io.kubernetes.cri-o.LogPath': nodeLogPath,
    'io.kubernetes.cri-o.Metadata': JSON.stringify({ name }),
    'io.kubernetes.cri-o.MountPoint': mountPoint(state),
    'io.kubernetes.cri-o.Name': criName(description),
    'io.kubernetes.cri-o.ResolvPath': `${userdataPath(sandbox.id)}/resolv.conf`,
    'io.kubernetes.cri-o.SandboxID': sandbox.id,
    'io.kubernetes.cri-o.SandboxName': `k8s_${podName}_${podNamespace}_${podUid}_0`,
    'io.kubernetes.cri-o.SeccompProfilePath': 'Unconfined',
    'io.kubernetes.cri-o.Stdin': 'false',
    'io.kubernetes.cri-o.StdinOnce': 'false',
    'io.kubernetes.cri-o.TTY': 'false',
    'io.kubernetes.cri-o.Volumes': JSON.stringify(
      mounts.map(mount => ({
        container_path: mount.containerPath,
        host_path: mount.nodePath,
        readonly: mount.readOnly,
        recursive_read_only: false,
        propagation: 0,
        selinux_relabel: false,
      })),
    ),
    'io.kubernetes.pod.name': podName,
    'io.kubernetes.pod.namespace': podNamespace,
    'io.kubernetes.pod.uid': podUid,
    'kubernetes.io/config.source': 'api',
    'platform-runtime-path.crio.io': '',
  };
}
