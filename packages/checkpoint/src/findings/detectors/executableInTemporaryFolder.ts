import { Detector, detectionOf } from '../Detector';
import { isTemporaryPath } from '../commands/programs';

export const executableInTemporaryFolder: Detector = {
  id: 'executable-in-temporary-folder',
  title: 'A program runs from a folder for temporary files',
  technique: {
    id: 'T1059.004',
    name: 'Command and Scripting Interpreter: Unix Shell',
  },
  explanation:
    'Programs are installed into folders that only root may write to. /tmp, /var/tmp and /dev/shm are where intruders put theirs, since everyone may write there.',
  remedy:
    'Look at the file and at the process that started it. Mount these folders with noexec, or make the root file system read-only.',
  detect: ({ report }) =>
    detectionOf(
      'high',
      report.processes
        .filter(({ exe }) => exe !== undefined && isTemporaryPath(exe))
        .map(({ pid, command, exe }) => ({
          pid,
          command,
          file: exe,
          detail: `process ${pid} (${command}) runs ${exe}`,
        })),
    ),
};
