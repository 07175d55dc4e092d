import type { MessageTable } from './MessageTable';

/** What CRIU writes about a dump as a whole: images/inventory.proto, stats.proto, mnt.proto, cgroup.proto and the namespaces of CRIU 4.2. */
export const containerMessages: MessageTable = {
  inventory_entry: `
    1 img_version uint32, 2 fdinfo_per_id bool, 3 root_ids task_kobj_ids_entry,
    4 ns_per_id bool, 5 root_cg_set uint32, 6 lsmtype uint32, 8 dump_uptime uint64,
    10 tcp_close bool, 11 network_lock_method uint32, 12 plugins_entry plugins_entry, 13 dump_criu_run_id string`,
  plugins_entry: `
    12 plugins string[]`,
  stats_entry: `
    1 dump dump_stats_entry`,
  dump_stats_entry: `
    1 freezing_time uint32, 2 frozen_time uint32, 3 memdump_time uint32, 4 memwrite_time uint32,
    5 pages_scanned uint64, 6 pages_skipped_parent uint64, 7 pages_written uint64,
    8 irmap_resolve uint32, 9 pages_lazy uint64, 10 page_pipes uint64, 11 page_pipe_bufs uint64,
    12 shpages_scanned uint64, 13 shpages_skipped_parent uint64, 14 shpages_written uint64`,
  mnt_entry: `
    1 fstype uint32, 2 mnt_id uint32, 3 root_dev uint32, 4 parent_mnt_id uint32, 5 flags uint32,
    6 root string, 7 mountpoint string, 8 source string, 9 options string, 10 shared_id uint32,
    11 master_id uint32, 17 sb_flags uint32, 18 ext_key string`,
  cgroup_entry: `
    1 sets cg_set_entry[], 2 controllers cg_controller_entry[]`,
  cg_set_entry: `
    1 id uint32, 2 ctls cg_member_entry[]`,
  cg_member_entry: `
    1 name string, 2 path string, 3 cgns_prefix uint32`,
  cg_controller_entry: `
    1 cnames string[], 2 dirs cgroup_dir_entry[], 3 is_threaded bool`,
  cgroup_dir_entry: `
    1 dir_name string, 2 children cgroup_dir_entry[], 3 properties cgroup_prop_entry[],
    4 dir_perms cgroup_perms`,
  cgroup_prop_entry: `
    1 name string, 2 value string, 3 perms cgroup_perms`,
  cgroup_perms: `
    1 mode uint32, 2 uid uint32, 3 gid uint32`,
  utsns_entry: `
    1 nodename string, 2 domainname string`,
  netns_entry: `
    8 ext_key string`,
  timens_entry: `
    1 monotonic timespec, 2 boottime timespec`,
  timespec: `
    1 tv_sec uint64, 2 tv_nsec uint64`,
  ipc_var_entry: `
    1 sem_ctls uint32[], 2 msg_ctlmax uint32, 3 msg_ctlmnb uint32, 4 msg_ctlmni uint32,
    5 auto_msgmni uint32, 6 shm_ctlmax uint64, 7 shm_ctlall uint64, 8 shm_ctlmni uint32,
    9 shm_rmid_forced uint32, 10 mq_queues_max uint32, 11 mq_msg_max uint32,
    12 mq_msgsize_max uint32, 13 mq_msg_default uint32, 14 mq_msgsize_default uint32`,
};
