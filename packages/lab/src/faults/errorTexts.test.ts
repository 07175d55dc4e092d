import { CHECKPOINT_ERRORS, PULL_ERRORS, RESTORE_ERRORS } from './errorTexts';

/* The parts by which those errors are known that were seen on real clusters or stand in the sources of CRIU, CRI-O and containerd. */
const SIGNATURES = [
  'Unimplemented',
  'CheckpointContainer',
  'checkpoint/restore support not available',
  'criu binary not found',
  'requires at least CRIU 31600',
  'only CONTAINER_RUNNING containers can be checkpointed',
  'cannot pause a paused container',
  'Connected TCP socket, consider using --tcp-established',
  'In-flight connection (l)',
  'Connected TCP socket in image',
  "Can't dump half of stream unix connection",
  'name-less external socket',
  "Can't dump ghost file",
  'increase limit',
  "doesn't have a proper root mount",
  'expects following bind mounts defined (',
  'the bind mount source',
  'failed to read "io.kubernetes.cri-o.Annotations"',
  'invalid RootfsImageRef',
  'failed to read "status.dump"',
  'failed to pull checkpoint base image',
  'missing private key needed for decryption',
  "Can't bind inet socket",
  'has bad size',
  'bad mode',
  'bad build-ID',
  'CPU xfeatures has unsupported bits',
  'xsave size mismatch',
  'FPU feature required',
  'Core march mismatch',
  'mismatched lsm types',
  "can't write lsm profile",
  'Not supported images version',
  "Magic doesn't match",
  'a complete checkpoint',
  'cannot be found',
  'no space left on device',
  'criu failed: type NOTIFY errno 0',
];

describe('error texts', () => {
  const texts = [CHECKPOINT_ERRORS, RESTORE_ERRORS, PULL_ERRORS].flatMap(
    causes => Object.values(causes),
  );

  it.each(SIGNATURES)('has one that says: %s', signature => {
    expect(texts.some(text => text.includes(signature))).toBe(true);
  });
});
