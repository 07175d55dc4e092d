import { checkpointSignatures } from './checkpointSignatures';
import { clusterSignatures } from './clusterSignatures';
import { restoreSignatures } from './restoreSignatures';
import { Signature } from './Signature';

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
  RESTORE_FAILED,
];
