import { MONITOR, SeenCall } from './SystemEvent';

const CRUN = { name: 'crun', argv: ['/usr/bin/crun', 'checkpoint'] };

/** What a probe sees of CRIU, which seizes the processes that it dumps: a process of the node, in no container. */
export function criuAttaching(): SeenCall {
  return {
    process: {
      pid: process.pid,
      argv: ['criu', 'swrk', '3'],
      name: 'criu',
      executable: '/usr/sbin/criu',
      workingDirectory: '/',
      uid: 0,
      terminal: 0,
      ancestors: [CRUN, MONITOR],
    },
    call: { type: 'ptrace', request: 'PTRACE_SEIZE' },
  };
}
