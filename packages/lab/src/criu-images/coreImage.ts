import type { ProcessSnapshot } from './DumpSnapshot';

const NO_LIMIT = '18446744073709551615';
const SIGNALS = 64;
/** Of these the kernel keeps no handler: SIGKILL and SIGSTOP. */
const UNCATCHABLE = 2;
/** Capabilities of CRI-O's default list: CHOWN ... NET_BIND_SERVICE. */
const DEFAULT_CAPABILITIES = 1531;

const zeros = (count: number) => new Array<number>(count).fill(0);

/**
 * `core-<pid>.img`. An emulated process has no processor state: its registers are those of a task asleep in a system call, with the
 * stack pointer in its stack; nothing reads them but tools that expect the fields of a real dump.
 */
export function coreEntry(process: ProcessSnapshot, oomScoreAdj: number) {
  const idle = { isec: 0, iusec: 0, vsec: 0, vusec: 0 };
  return {
    mtype: 1,
    thread_info: threadInfo(process),
    tc: {
      task_state: 1,
      exit_code: 0,
      personality: 0,
      flags: 0x400000,
      blk_sigset: 0,
      comm: process.command,
      timers: { real: idle, virt: idle, prof: idle },
      rlimits: { rlimits: resourceLimits() },
      signals_s: {},
      loginuid: 0xffffffff,
      oom_score_adj: oomScoreAdj,
      sigactions: Array.from({ length: SIGNALS - UNCATCHABLE }, () => ({
        sigaction: 0,
        flags: 0,
        restorer: 0,
        mask: 0,
        compat_sigaction: false,
      })),
      child_subreaper: false,
    },
    thread_core: {
      futex_rla: process.marks.brk - 0x1000,
      futex_rla_len: 24,
      sched_nice: 0,
      sched_policy: 0,
      sas: { ss_sp: 0, ss_size: 0, ss_flags: 2 },
      signals_p: {},
      creds: credentials(process),
      comm: process.command,
      rseq_entry: {
        rseq_abi_pointer: process.marks.startBrk + 0x340,
        rseq_abi_size: 32,
        signature: 0x53053053,
      },
      cg_set: 2,
    },
  };
}

function threadInfo({ marks }: ProcessSnapshot) {
  const threadArea = marks.startBrk + 0x400;
  return {
    clear_tid_addr: threadArea + 0x2d0,
    gpregs: {
      ...Object.fromEntries(
        'r15 r14 r13 r12 bp bx r10 r9 r8 dx si di gs_base ds es fs gs'
          .split(' ')
          .map(register => [register, 0]),
      ),
      r11: 0x202,
      // 35 is nanosleep(2) on x86-64; ax tells that a signal interrupted it, cx is where it returns to.
      ax: 35,
      orig_ax: 35,
      cx: marks.startCode + 0x100,
      ip: marks.startCode + 0xfe,
      cs: 0x33,
      ss: 0x2b,
      flags: 0x202,
      sp: marks.startStack - 0x200,
      fs_base: threadArea,
      mode: 1,
    },
    fpregs: {
      cwd: 0x37f,
      swd: 0,
      twd: 0,
      fop: 0,
      rip: 0,
      rdp: 0,
      mxcsr: 0x1f80,
      mxcsr_mask: 0x2ffff,
      st_space: zeros(32),
      xmm_space: zeros(64),
      xsave: {
        xstate_bv: 0,
        ymmh_space: zeros(64),
        opmask_reg: zeros(8),
        zmm_upper: zeros(64),
        hi16_zmm: zeros(64),
        cet: { cet: 0, ssp: 0 },
      },
    },
    // The three thread-local descriptors that x86 has (GDT entries 12 to 14), none of them in use.
    tls: [12, 13, 14].map(entryNumber => ({
      entry_number: entryNumber,
      base_addr: 0,
      limit: 0,
      seg_32bit: false,
      contents_h: false,
      contents_l: false,
      read_exec_only: true,
      limit_in_pages: false,
      seg_not_present: true,
      usable: false,
    })),
  };
}

function resourceLimits() {
  const none = { cur: NO_LIMIT, max: NO_LIMIT };
  const both = (limit: number) => ({ cur: limit, max: limit });
  // In the order of RLIMIT_CPU ... RLIMIT_RTTIME.
  return [
    none,
    none,
    none,
    { cur: 8388608, max: NO_LIMIT },
    { cur: 0, max: NO_LIMIT },
    none,
    both(96365),
    both(20000),
    both(8388608),
    none,
    none,
    both(96365),
    both(819200),
    both(0),
    both(0),
    none,
  ];
}

function credentials({ uid, gid }: ProcessSnapshot) {
  const capabilities = uid === 0 ? DEFAULT_CAPABILITIES : 0;
  return {
    uid,
    gid,
    euid: uid,
    egid: gid,
    suid: uid,
    sgid: gid,
    fsuid: uid,
    fsgid: gid,
    cap_inh: [0, 0],
    cap_prm: [capabilities, 0],
    cap_eff: [capabilities, 0],
    cap_bnd: [DEFAULT_CAPABILITIES, 0],
    secbits: 0,
    groups: [gid],
    cap_amb: [0, 0],
  };
}
