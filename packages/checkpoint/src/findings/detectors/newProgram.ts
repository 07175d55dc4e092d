import { isHiddenPath, isTemporaryPath } from '../commands/programs';
import { Detector, detectionsBySeverity } from '../Detector';

const ELF_MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

export const newProgram: Detector = {
  id: 'new-program',
  title: 'A program was written into the container',
  technique: { id: 'T1105', name: 'Ingress Tool Transfer' },
  explanation:
    'An executable file or script was written since the container started. Programs belong into the image, where they can be scanned and signed.',
  remedy:
    'Look at the file; its SHA-256 in the report can be looked up in databases of malware.',
  detect: ({ report, heads }) =>
    detectionsBySeverity(
      (report.rootfs_changes ?? []).flatMap(({ path, type, mode, size }) => {
        const head = heads.get(path);
        const kind = head && kindOf(head);
        if (type !== 'file' || !kind) {
          return [];
        }
        const isExecutable = (parseInt(mode ?? '0', 8) & 0o111) !== 0;
        const isHidden = isTemporaryPath(path) || isHiddenPath(path);
        const severity = severityOf(kind, isExecutable, isHidden);
        return [
          {
            severity,
            evidence: {
              file: path,
              detail: `${path} (${size} bytes, mode ${mode}) is ${
                kind === 'elf' ? 'an ELF program or library' : 'a script'
              }`,
            },
          },
        ];
      }),
    ),
};

function kindOf(head: Buffer): 'elf' | 'script' | undefined {
  if (head.subarray(0, 4).equals(ELF_MAGIC)) {
    return 'elf';
  }
  return head.toString('latin1', 0, 2) === '#!' ? 'script' : undefined;
}

function severityOf(
  kind: 'elf' | 'script',
  isExecutable: boolean,
  isHidden: boolean,
) {
  if (isExecutable && isHidden) {
    return 'high';
  }
  return kind === 'elf' || isExecutable ? 'medium' : 'low';
}
