/* What real clusters say when something goes wrong, by a name of the cause. The container runtime's own words; the kubelet adds its own around them. */

const CRUN = 'failed to checkpoint container: `/usr/bin/crun` failed:';
const CRIU = `${CRUN} CRIU checkpointing failed -52: criu failed: type NOTIFY errno 0:`;

/** Of a checkpoint. */
export const CHECKPOINT_ERRORS = {
  'criu-failed': `${CRUN} CRIU checkpointing failed -52.  Please check CRIU logfile dump.log: criu failed: type NOTIFY errno 0`,
  unimplemented:
    'unknown method CheckpointContainer for service runtime.v1.RuntimeService: Unimplemented desc = unknown method CheckpointContainer',
  'not-available': 'checkpoint/restore support not available',
  'criu-missing':
    'checkpoint/restore support not available: criu binary not found',
  'criu-old': 'checkpoint/restore requires at least CRIU 31600',
  'not-running':
    'container is in CONTAINER_EXITED state, only CONTAINER_RUNNING containers can be checkpointed',
  paused:
    'failed to pause container before checkpointing: cannot pause a paused container',
  'tcp-established': `${CRIU} sockets: Connected TCP socket, consider using --tcp-established option.`,
  'in-flight': `${CRIU} sk-inet: In-flight connection (l) for 1f2`,
  'unix-stream': `${CRIU} unix: Can't dump half of stream unix connection.`,
  'unix-external': `${CRIU} unix: Can't dump name-less external socket, consider using --ext-unix-sk`,
  'ghost-file': `${CRIU} files-reg: Can't dump ghost file /tmp/cache (deleted) of 2097152 size, increase limit`,
  'root-mount': `${CRIU} mnt: New root and old root are the same or it doesn't have a proper root mount`,
  'no-space':
    'failed to write file rootfs-diff.tar: write /var/lib/kubelet/checkpoints: no space left on device',
};

/** Of a restore. */
export const RESTORE_ERRORS = {
  'criu-failed':
    'container restore failed: CRIU restoring failed -52.  Please check CRIU logfile `/run/containers/storage/overlay-containers/restore.log`',
  'tcp-connected': 'sockets: Connected TCP socket in image',
  'address-taken': "inet: Can't bind inet socket (id 7): Address in use",
  'mounts-missing':
    'restoring "app" expects following bind mounts defined (/data)',
  'mount-source-missing':
    'the bind mount source /var/lib/kubelet/pods/volumes/data is missing',
  'containerd-archive':
    'failed to read "io.kubernetes.cri-o.Annotations": unexpected end of JSON input: invalid RootfsImageRef',
  'crio-archive': 'failed to read "status.dump": no such file or directory',
  'base-image-refused':
    'failed to pull checkpoint base image registry.lab/demo/counter:1: 401 Unauthorized',
  'file-size':
    'files-reg: File usr/lib/libc.so.6 has bad size 1926256 (expect 1922136)',
  'file-mode': 'files-reg: File bin/sh has bad mode 0100644 (expect 0100755)',
  'file-build':
    'files-reg: File usr/lib/libc.so.6 has bad build-ID (expect 2f1c)',
  'cpu-features':
    'cpu: CPU xfeatures has unsupported bits (0x200), xsave size mismatch, FPU feature required by image is not supported on host',
  architecture: 'cr-restore: Core march mismatch 1',
  lsm: "lsm: mismatched lsm types: can't write lsm profile",
  'criu-version': 'image: Not supported images version 2',
  'image-damaged': "image: Magic doesn't match for checkpoint/core-1.img",
  incomplete:
    'a complete checkpoint for this container cannot be found, cannot restore: stat checkpoint/inventory.img: no such file or directory',
  'process-gone': 'open /proc/4242/stat: no such file or directory',
};

/** Of a pull. */
export const PULL_ERRORS = {
  unauthorized: 'unauthorized: authentication required',
  'not-found': 'manifest unknown',
  unreachable: 'pinging container registry: dial tcp: i/o timeout',
  'no-key': 'decrypting layer: missing private key needed for decryption',
  'no-space': 'writing blob: storing blob to file: no space left on device',
};
