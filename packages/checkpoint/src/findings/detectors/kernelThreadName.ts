import { Detector, detectionOf } from '../Detector';

const KERNEL_THREAD =
  /^\W*(kworker|kthreadd|ksoftirqd|kswapd\d*|kdevtmpfs|khugepaged|kcompactd\d*|kauditd|kblockd|kintegrityd|kthrotld|migration|rcu_\w+|watchdogd?|cpuhp|netns|oom_reaper|writeback|jbd2|ext4-\w+|scsi_eh\w*|md|edac-poller)([/:\d\W].*)?$/;

export const kernelThreadName: Detector = {
  id: 'kernel-thread-name',
  title: 'A process calls itself like a thread of the kernel',
  technique: {
    id: 'T1036.004',
    name: 'Masquerading: Masquerade Task or Service',
  },
  explanation:
    'Threads of the kernel do not live in containers and cannot be checkpointed: a process with such a name hides in lists of processes.',
  remedy: 'Look at its program, its parent and its sockets.',
  detect: ({ report }) =>
    detectionOf(
      'high',
      report.processes.flatMap(({ pid, command, argv, exe }) => {
        const [called = ''] = argv[0]?.split(' ') ?? [];
        // `/tmp/.kworker` by its last part, `kworker/0:1` as it stands.
        const name = [command, called.replace(/^\/.*\//, '')].find(n =>
          KERNEL_THREAD.test(n),
        );
        return name === undefined
          ? []
          : [
              {
                pid,
                command,
                file: exe,
                detail: `process ${pid} calls itself ${name} and runs ${
                  exe ?? 'an unknown program'
                }`,
              },
            ];
      }),
    ),
};
