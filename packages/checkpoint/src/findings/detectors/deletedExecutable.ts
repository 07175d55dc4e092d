import { Detector, detectionsBySeverity } from '../Detector';
import { isTemporaryPath } from '../commands/programs';

export const deletedExecutable: Detector = {
  id: 'deleted-executable',
  title: 'A program runs whose file is gone',
  technique: { id: 'T1070.004', name: 'Indicator Removal: File Deletion' },
  explanation:
    'A process runs from a file that was removed or that only ever existed in memory (memfd). Attackers do so to leave nothing on disk; an upgrade of a running program does it too, but not inside a container.',
  remedy:
    'Save the program from the checkpoint (its file lies in a ghost-file image, or its code in the memory of the process), find out how it got there, and replace the container.',
  detect: ({ report }) =>
    detectionsBySeverity(
      report.processes.flatMap(({ pid, command, exe, exe_deleted }) => {
        const isMemfd = exe !== undefined && /^\/?memfd:/.test(exe);
        if (!exe || !(exe_deleted || isMemfd)) {
          return [];
        }
        return [
          {
            severity:
              isMemfd || isTemporaryPath(exe)
                ? ('critical' as const)
                : ('high' as const),
            evidence: {
              pid,
              command,
              file: exe,
              detail: isMemfd
                ? `process ${pid} (${command}) runs from memory: ${exe}`
                : `process ${pid} (${command}) runs from ${exe}, which was deleted`,
            },
          },
        ];
      }),
    ),
};
