import type { MessageTable } from './MessageTable';

/** What CRIU writes about each process: images/pstree.proto, core.proto, core-x86.proto, mm.proto, pagemap.proto, fs.proto ... of CRIU 4.2. */
export const processMessages: MessageTable = {
  pstree_entry: `
    1 pid uint32, 2 ppid uint32, 3 pgid uint32, 4 sid uint32, 5 threads uint32[]`,
  task_kobj_ids_entry: `
    1 vm_id uint32, 2 files_id uint32, 3 fs_id uint32, 4 sighand_id uint32, 5 pid_ns_id uint32,
    6 net_ns_id uint32, 7 ipc_ns_id uint32, 8 uts_ns_id uint32, 9 mnt_ns_id uint32,
    10 user_ns_id uint32, 11 cgroup_ns_id uint32, 12 time_ns_id uint32`,
  core_entry: `
    1 mtype uint32, 2 thread_info thread_info_x86, 3 tc task_core_entry,
    4 ids task_kobj_ids_entry, 5 thread_core thread_core_entry`,
  thread_info_x86: `
    1 clear_tid_addr uint64, 2 gpregs user_x86_regs_entry, 3 fpregs user_x86_fpregs_entry,
    4 tls user_desc_t[]`,
  user_desc_t: `
    1 entry_number uint32, 2 base_addr uint32, 3 limit uint32, 4 seg_32bit bool, 5 contents_h bool,
    6 contents_l bool, 7 read_exec_only bool, 8 limit_in_pages bool, 9 seg_not_present bool, 10 usable bool`,
  user_x86_regs_entry: `
    1 r15 uint64, 2 r14 uint64, 3 r13 uint64, 4 r12 uint64, 5 bp uint64, 6 bx uint64,
    7 r11 uint64, 8 r10 uint64, 9 r9 uint64, 10 r8 uint64, 11 ax uint64, 12 cx uint64,
    13 dx uint64, 14 si uint64, 15 di uint64, 16 orig_ax uint64, 17 ip uint64, 18 cs uint64,
    19 flags uint64, 20 sp uint64, 21 ss uint64, 22 fs_base uint64, 23 gs_base uint64,
    24 ds uint64, 25 es uint64, 26 fs uint64, 27 gs uint64, 28 mode uint32`,
  user_x86_fpregs_entry: `
    1 cwd uint32, 2 swd uint32, 3 twd uint32, 4 fop uint32, 5 rip uint64, 6 rdp uint64,
    7 mxcsr uint32, 8 mxcsr_mask uint32, 9 st_space uint32[], 10 xmm_space uint32[],
    13 xsave user_x86_xsave_entry`,
  user_x86_xsave_entry: `
    1 xstate_bv uint64, 2 ymmh_space uint32[], 5 opmask_reg uint64[], 6 zmm_upper uint64[],
    7 hi16_zmm uint64[], 9 cet user_x86_cet_entry`,
  user_x86_cet_entry: `
    1 cet uint64, 2 ssp uint64`,
  task_core_entry: `
    1 task_state uint32, 2 exit_code uint32, 3 personality uint32, 4 flags uint32,
    5 blk_sigset uint64, 6 comm string, 7 timers task_timers_entry,
    8 rlimits task_rlimits_entry, 10 signals_s signal_queue_entry, 13 loginuid uint32,
    14 oom_score_adj int32, 15 sigactions sa_entry[], 18 child_subreaper bool,
    20 blk_sigset_extended uint64, 21 stop_signo uint32, 22 membarrier_registration_mask uint32`,
  task_timers_entry: `
    1 real itimer_entry, 2 virt itimer_entry, 3 prof itimer_entry`,
  itimer_entry: `
    1 isec uint64, 2 iusec uint64, 3 vsec uint64, 4 vusec uint64`,
  task_rlimits_entry: `
    1 rlimits rlimit_entry[]`,
  rlimit_entry: `
    1 cur uint64, 2 max uint64`,
  signal_queue_entry: `
    1 signals siginfo_entry[]`,
  siginfo_entry: `
    1 siginfo bytes`,
  sa_entry: `
    1 sigaction uint64, 2 flags uint64, 3 restorer uint64, 4 mask uint64, 5 compat_sigaction bool`,
  thread_core_entry: `
    1 futex_rla uint64, 2 futex_rla_len uint32, 3 sched_nice sint32, 4 sched_policy uint32,
    5 sched_prio uint32, 6 blk_sigset uint64, 7 sas thread_sas_entry,
    9 signals_p signal_queue_entry, 10 creds creds_entry, 13 comm string,
    14 blk_sigset_extended uint64, 15 rseq_entry rseq_entry, 16 cg_set uint32`,
  thread_sas_entry: `
    1 ss_sp uint64, 2 ss_size uint64, 3 ss_flags uint32`,
  rseq_entry: `
    1 rseq_abi_pointer uint64, 2 rseq_abi_size uint32, 3 signature uint32, 4 rseq_cs uint64`,
  creds_entry: `
    1 uid uint32, 2 gid uint32, 3 euid uint32, 4 egid uint32, 5 suid uint32, 6 sgid uint32,
    7 fsuid uint32, 8 fsgid uint32, 9 cap_inh uint32[], 10 cap_prm uint32[],
    11 cap_eff uint32[], 12 cap_bnd uint32[], 13 secbits uint32, 14 groups uint32[],
    18 no_new_privs uint32, 19 cap_amb uint32[]`,
  mm_entry: `
    1 mm_start_code uint64, 2 mm_end_code uint64, 3 mm_start_data uint64, 4 mm_end_data uint64,
    5 mm_start_stack uint64, 6 mm_start_brk uint64, 7 mm_brk uint64, 8 mm_arg_start uint64,
    9 mm_arg_end uint64, 10 mm_env_start uint64, 11 mm_env_end uint64, 12 exe_file_id uint32,
    13 mm_saved_auxv uint64[], 14 vmas vma_entry[], 15 dumpable int32, 17 thp_disabled bool`,
  vma_entry: `
    1 start uint64, 2 end uint64, 3 pgoff uint64, 4 shmid uint64, 5 prot uint32, 6 flags uint32,
    7 status uint32, 8 fd sint64, 9 madv uint64, 10 fdflags uint32`,
  pagemap_head: `
    1 pages_id uint32`,
  pagemap_entry: `
    1 vaddr uint64, 2 compat_nr_pages uint32, 3 in_parent bool, 4 flags uint32,
    5 nr_pages uint64`,
  fs_entry: `
    1 cwd_id uint32, 2 root_id uint32, 3 umask uint32`,
};
