import { randomUUID } from 'node:crypto';
import type {
  DumpSnapshot,
  DumpStatistics,
  MountSnapshot,
} from './DumpSnapshot';

/** `inventory.img`: image version 2, the namespaces of CRIU itself, no security module. */
export function inventoryEntry() {
  return {
    img_version: 2,
    fdinfo_per_id: true,
    root_ids: {
      vm_id: 1,
      files_id: 1,
      fs_id: 1,
      sighand_id: 1,
      pid_ns_id: 1,
      net_ns_id: 2,
      ipc_ns_id: 3,
      uts_ns_id: 4,
      mnt_ns_id: 6,
      user_ns_id: 7,
      cgroup_ns_id: 8,
      time_ns_id: 5,
    },
    ns_per_id: true,
    root_cg_set: 1,
    lsmtype: 0,
    network_lock_method: 0,
    plugins_entry: {},
    dump_criu_run_id: randomUUID(),
  };
}

/** `ids-<pid>.img`: which resources and namespaces a process has; those of the container are shared by all of them. */
export function idsEntry(filesId: number) {
  return {
    vm_id: filesId,
    files_id: filesId,
    fs_id: filesId,
    sighand_id: filesId,
    pid_ns_id: 9,
    net_ns_id: 10,
    ipc_ns_id: 11,
    uts_ns_id: 12,
    mnt_ns_id: 13,
    user_ns_id: 7,
    cgroup_ns_id: 8,
    time_ns_id: 5,
  };
}

/** `fstype` of mnt.proto. */
const filesystemTypes: Record<MountSnapshot['type'], number> = {
  bind: 0,
  proc: 1,
  sysfs: 2,
  tmpfs: 5,
  devpts: 6,
  cgroup: 12,
  mqueue: 14,
  overlay: 17,
};
const MS_RELATIME = 1 << 21;

/** The id of the container's root mount, which the files of `files.img` lie in. */
export const ROOT_MOUNT_ID = 700;

/** `mountpoints-13.img`. The root has to come last, as CRIU writes it. */
export function mountEntries(mounts: MountSnapshot[]) {
  return mounts.map((mount, index) => ({
    fstype: filesystemTypes[mount.type],
    mnt_id: ROOT_MOUNT_ID + mounts.length - 1 - index,
    root_dev: 140 + index,
    parent_mnt_id: mount.mountpoint === '/' ? ROOT_MOUNT_ID - 1 : ROOT_MOUNT_ID,
    flags: MS_RELATIME,
    root: mount.root,
    mountpoint: mount.mountpoint,
    source: mount.source,
    options: mount.options,
    shared_id: 0,
    master_id: 0,
    sb_flags: 0,
    ...(mount.type === 'bind' ? { ext_key: mount.mountpoint } : {}),
  }));
}

const CONTROLLERS = [
  'blkio',
  'cpu',
  'cpuacct',
  'cpuset',
  'devices',
  'freezer',
  'memory',
  'name=systemd',
  'pids',
];

/** `cgroup.img`: one set of control groups, with the files that every group has. */
export function cgroupEntry(path: string) {
  const file = { mode: 0o100644, uid: 0, gid: 0 };
  const property = (name: string, value: string) => ({
    name,
    value,
    perms: file,
  });
  return {
    sets: [{ id: 2, ctls: CONTROLLERS.map(name => ({ name, path })) }],
    controllers: CONTROLLERS.map(name => ({
      cnames: [name],
      dirs: [
        {
          dir_name: path.replace(/^\//, ''),
          properties: [
            property('cgroup.clone_children', '0'),
            property('notify_on_release', '0'),
            property('cgroup.procs', ''),
            property('tasks', ''),
          ],
          dir_perms: { mode: 0o40755, uid: 0, gid: 0 },
        },
      ],
      is_threaded: true,
    })),
  };
}

/** The namespaces' images by file name; the network is the pod's, which the runtime keeps. */
export function namespaceEntries(
  snapshot: DumpSnapshot,
  uptimeSeconds: number,
) {
  const uptime = {
    tv_sec: Math.floor(uptimeSeconds),
    tv_nsec: Math.floor((uptimeSeconds % 1) * 1e9),
  };
  return {
    netns: { ext_key: 'extRootNetNS' },
    utsns: { nodename: snapshot.hostname, domainname: '(none)' },
    timens: { monotonic: uptime, boottime: uptime },
    // The kernel's defaults, as ipc(7) and mq_overview(7) list them.
    ipcnsVar: {
      sem_ctls: [32000, 1024000000, 500, 32000],
      msg_ctlmax: 8192,
      msg_ctlmnb: 16384,
      msg_ctlmni: 32000,
      auto_msgmni: 0,
      shm_ctlmax: '18446744073692774399',
      shm_ctlall: '18446744073692774399',
      shm_ctlmni: 4096,
      shm_rmid_forced: 0,
      mq_queues_max: 256,
      mq_msg_max: 10,
      mq_msgsize_max: 8192,
      mq_msg_default: 10,
      mq_msgsize_default: 8192,
    },
  };
}

/** `stats-dump`. */
export function statsEntry(statistics: DumpStatistics) {
  return {
    dump: {
      freezing_time: statistics.freezingMicros,
      frozen_time: statistics.frozenMicros,
      memdump_time: statistics.memdumpMicros,
      memwrite_time: statistics.memwriteMicros,
      pages_scanned: statistics.pagesScanned,
      pages_skipped_parent: 0,
      pages_written: statistics.pagesWritten,
      irmap_resolve: 0,
      pages_lazy: 0,
      page_pipes: 8,
      page_pipe_bufs: 8,
      shpages_scanned: 0,
      shpages_skipped_parent: 0,
      shpages_written: 0,
    },
  };
}
