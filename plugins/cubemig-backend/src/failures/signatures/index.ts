import { checkpointSignatures } from './checkpointSignatures';
import { clusterSignatures } from './clusterSignatures';
import { restoreSignatures } from './restoreSignatures';
import { Signature } from './Signature';

export { SECRET_MISSING } from './clusterSignatures';

const CHECKPOINT_FAILED: Signature = {
  pattern: /CRIU checkpointing failed|failed to checkpoint/i,
  code: 'checkpoint-failed',
  message: 'CRIU could not take the checkpoint; the process runs on.',
  remedy:
    "Read what it said (in brackets), and dump.log in the kubelet's checkpoint folder or the runtime's log on the source node.",
};

const RESTORE_FAILED: Signature = {
  pattern:
    /restore failed|failed to restore|CRIU restoring failed|criu failed/i,
  code: 'restore-failed',
  message: 'CRIU could not restore the process.',
  remedy:
    'Read what it said (in brackets). The kernel, CRIU and the container runtime of both nodes should have the same versions.',
};

/** The first match wins, so what names a cause stands above what only says that something failed. */
export const signatures: Signature[] = [
  ...restoreSignatures,
  ...checkpointSignatures,
  ...clusterSignatures,
  CHECKPOINT_FAILED,
  RESTORE_FAILED,
];
