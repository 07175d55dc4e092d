/** A text by which a cause is known, and what a user can do about it. */
export interface Signature {
  pattern: RegExp;
  /** Stable, kebab-case. */
  code: string;
  message: string;
  remedy: string;
}

/**
 * Texts of the kubelet, CRI-O, containerd, CRIU and registries. The first match wins, so what names a cause stands above what
 * only says that something failed.
 */
export const signatures: Signature[] = [
  {
    pattern:
      /Forbidden \(user=.*(\[checkpoint\]|subresource\(s\)=\[?"?checkpoint)/s,
    code: 'checkpoint-forbidden',
    message: 'The kubelet does not let this identity take checkpoints.',
    remedy:
      "Bind the courier's ServiceAccount in the source cluster to a ClusterRole with `create` on `nodes/checkpoint` (deploy/ has it).",
  },
  {
    pattern: /404 page not found/,
    code: 'checkpoint-api-off',
    message: "The source node's kubelet has no checkpoint API.",
    remedy:
      "Use Kubernetes 1.30 or newer, with the feature gate ContainerCheckpoint and the kubelet's debugging handlers on.",
  },
  {
    pattern:
      /Unimplemented.*CheckpointContainer|unknown method CheckpointContainer/s,
    code: 'runtime-too-old',
    message: "The source node's container runtime cannot take checkpoints.",
    remedy:
      'Upgrade the node to CRI-O 1.25 or newer, or containerd 2.0 or newer.',
  },
  {
    pattern: /checkpoint\/restore support not available/,
    code: 'checkpoint-support-off',
    message:
      'The container runtime has checkpoint and restore switched off, or finds no CRIU.',
    remedy:
      'Install criu on the node and set `enable_criu_support = true` in its crio.conf.',
  },
  {
    pattern: /criu binary not found|requires at least CRIU/i,
    code: 'criu-missing',
    message: 'The node has no CRIU, or one that is too old.',
    remedy: 'Install or upgrade the package criu on the node.',
  },
  {
    pattern:
      /only CONTAINER_RUNNING containers can be checkpointed|is not running|container \S+ not found/i,
    code: 'container-not-running',
    message: 'The container was not running when its checkpoint was asked for.',
    remedy: 'Wait until the pod is Running and migrate again.',
  },
  {
    pattern: /cannot pause a paused container/i,
    code: 'checkpoint-in-progress',
    message: 'Another checkpoint of the same container is being taken.',
    remedy: 'Wait for it to end, then migrate again.',
  },
  {
    pattern: /Connected TCP socket in image/,
    code: 'target-lacks-tcp-close',
    message:
      'The checkpoint holds TCP connections that the target node may not close.',
    remedy:
      'Add `tcp-close` to /etc/criu/crun.conf (or runc.conf) on the nodes of the target cluster.',
  },
  {
    pattern: /Connected TCP socket, consider using|--tcp-established/,
    code: 'source-lacks-tcp-close',
    message:
      'The pod has established TCP connections, which cannot move with it.',
    remedy:
      'Add `tcp-close` to /etc/criu/crun.conf (or runc.conf) on the nodes of both clusters: peers then reconnect.',
  },
  {
    pattern: /In-flight connection/i,
    code: 'source-lacks-skip-in-flight',
    message:
      'A TCP connection was being opened while the checkpoint was taken.',
    remedy:
      'Add `skip-in-flight` to /etc/criu/crun.conf (or runc.conf) on the nodes of both clusters, or migrate again.',
  },
  {
    pattern:
      /Can't dump half of stream unix connection|name-less external socket/,
    code: 'external-unix-socket',
    message:
      'A process holds a unix socket whose other end lies outside the container.',
    remedy:
      'Let the program close that socket (often a log or metrics socket mounted from the node), then migrate again.',
  },
  {
    pattern: /Can't dump ghost file/,
    code: 'deleted-file-too-large',
    message: 'A process keeps a large deleted file open.',
    remedy:
      'Raise `ghost-limit` in /etc/criu/crun.conf (or runc.conf) on the source node.',
  },
  {
    pattern: /doesn't have a proper root mount/,
    code: 'second-checkpoint-unsupported',
    message:
      'The runtime cannot checkpoint a container that was itself restored.',
    remedy: 'Upgrade CRI-O on the source node.',
  },
  {
    pattern: /expects following bind mounts defined/,
    code: 'mounts-missing',
    message: 'The restored pod lacks a mount that the checkpoint needs.',
    remedy:
      'Compare the volumes of both clusters; often the ServiceAccount of the target does not mount its token.',
  },
  {
    pattern: /the bind mount source .* is missing/,
    code: 'mount-source-missing',
    message:
      'A directory that the checkpoint mounts does not exist on the target node.',
    remedy: 'Create the volume in the target cluster, then migrate again.',
  },
  {
    pattern:
      /failed to read "io\.kubernetes\.cri-o\.Annotations"|invalid RootfsImageRef/,
    code: 'runtimes-differ',
    message: 'A checkpoint taken by containerd cannot be restored by CRI-O.',
    remedy:
      'Choose a target cluster whose nodes run the same container runtime.',
  },
  {
    pattern: /failed to read "status\.dump"/,
    code: 'runtimes-differ',
    message: 'A checkpoint taken by CRI-O cannot be restored by containerd.',
    remedy:
      'Choose a target cluster whose nodes run the same container runtime.',
  },
  {
    pattern: /locating image with ID .* image not known/s,
    code: 'base-image-missing',
    message: "The container's base image is not on the target node.",
    remedy:
      'Migrate again; if it stays, the target registry serves another image under the same name: use images by digest.',
  },
  {
    pattern: /namespaced signature policy/,
    code: 'signature-policy',
    message:
      'CRI-O restores nothing in a namespace that has its own signature policy.',
    remedy:
      "Remove the namespace's policy.json from the target nodes, or upgrade CRI-O.",
  },
  {
    pattern: /no command specified/,
    code: 'not-restored-as-checkpoint',
    message: 'The target node took the checkpoint image for an ordinary image.',
    remedy:
      'Use a target cluster whose nodes run CRI-O with CRIU support, or a containerd that restores from images.',
  },
  {
    pattern: /missing private key needed for decryption/,
    code: 'decryption-key-missing',
    message:
      'The checkpoint is encrypted and the target node has no key for it.',
    remedy:
      'Put the private key into /etc/crio/keys/ on the nodes of the target cluster.',
  },
  {
    pattern: /failed to pull checkpoint base image.*401/s,
    code: 'base-image-unauthorized',
    message: "The target node may not pull the container's base image.",
    remedy:
      "Give the target's ServiceAccount an imagePullSecret for that registry.",
  },
  {
    pattern: /manifest unknown|not found.*(pull|resolve)|name unknown/is,
    code: 'image-not-found',
    message: 'The registry does not have this image (any more).',
    remedy:
      'Check that both clusters reach the same registry and that the image was not deleted there.',
  },
  {
    pattern:
      /(pull|registry|manifest).*\b(401|403|unauthorized|authentication required|denied)\b/is,
    code: 'image-unauthorized',
    message: 'The registry refused the credentials.',
    remedy:
      "Check the registry Secret in the courier's namespace of the source cluster and the imagePullSecrets in the target namespace.",
  },
  {
    pattern:
      /ErrImagePull|ImagePullBackOff|Failed to pull image|InvalidImageName/,
    code: 'image-pull-failed',
    message: 'The node could not pull the image.',
    remedy:
      'Read what it said (in brackets); check that the node reaches the registry and trusts its certificate.',
  },
  {
    pattern: /Can't bind inet socket/,
    code: 'address-in-use',
    message:
      "A process is bound to its old pod's IP address, or the port is taken.",
    remedy:
      "Let the program listen on 0.0.0.0 or [::] instead of the pod's address.",
  },
  {
    pattern: /has bad size|bad mode|bad build-ID/,
    code: 'file-differs',
    message: 'A file that the process has open differs on the target.',
    remedy:
      'Make sure that base image and volumes hold the same files in both clusters.',
  },
  {
    pattern: /Can't open file .* on restore|Can't open file/,
    code: 'open-file-missing',
    message: 'A file that the process has open does not exist in the target.',
    remedy:
      'Files in emptyDir and other volumes do not travel with a migration; let the program close them, or put them in place first.',
  },
  {
    pattern: /No mapping for .* mountpoint/,
    code: 'user-differs',
    message: 'The restored pod runs as another user than the source.',
    remedy:
      'Set the same runAsUser and runAsGroup; an admission controller in the target may have changed them.',
  },
  {
    pattern:
      /CPU xfeatures has unsupported bits|xsave size mismatch|FPU feature required|exit(ed with)? (code )?132/i,
    code: 'cpu-differs',
    message: "The target node's CPU lacks features that the process uses.",
    remedy:
      'Choose a target whose nodes have the same or a newer CPU generation.',
  },
  {
    pattern: /Core march mismatch/,
    code: 'architecture-differs',
    message: 'The target node has another processor architecture.',
    remedy: 'Choose a target with nodes of the same architecture.',
  },
  {
    pattern: /mismatched lsm types|can't write lsm profile/i,
    code: 'lsm-differs',
    message: 'SELinux or AppArmor differ between the nodes.',
    remedy:
      'Use the same security module and profiles on the nodes of both clusters.',
  },
  {
    pattern: /Not supported images version|Magic doesn't match/,
    code: 'criu-versions-differ',
    message: "The target's CRIU cannot read the checkpoint.",
    remedy: 'Install the same CRIU version on the nodes of both clusters.',
  },
  {
    pattern: /a complete checkpoint .* cannot be found/,
    code: 'checkpoint-incomplete',
    message: 'The checkpoint image lacks parts.',
    remedy: 'Migrate again: a new checkpoint is taken.',
  },
  {
    pattern: /no space left on device/,
    code: 'disk-full',
    message: 'A disk is full.',
    remedy:
      'Make room under /var/lib/kubelet/checkpoints on the source node, in the image store of the target node, and in the registry.',
  },
  {
    pattern: /open \/proc\/\d+\/stat/,
    code: 'exited-after-restore',
    message: 'The process ended right after it was restored.',
    remedy:
      "Look at the restored pod's log and at the program's own error handling, then migrate again.",
  },
  {
    pattern: /exceeded quota|forbidden: .*quota/i,
    code: 'quota-exceeded',
    message: "The namespace's quota leaves no room.",
    remedy: 'Raise the ResourceQuota of the namespace, then migrate again.',
  },
  {
    pattern: /violates PodSecurity/,
    code: 'pod-security',
    message: "The namespace's pod security level does not allow this pod.",
    remedy:
      "The courier's namespace needs `pod-security.kubernetes.io/enforce: privileged` (deploy/ sets it); the target namespace needs the level that the source has.",
  },
  {
    pattern: /Insufficient |didn't match|untolerated taint|Unschedulable/i,
    code: 'no-node-fits',
    message: 'No node of the cluster has room for the pod, or none may run it.',
    remedy:
      "Make room in the cluster, or add a node that fits the pod's requests, selectors and tolerations.",
  },
  {
    pattern:
      /restore failed|failed to restore|CRIU restoring failed|criu failed/i,
    code: 'restore-failed',
    message: 'CRIU could not restore the process.',
    remedy:
      'Read what it said (in brackets). The kernel, CRIU and the container runtime of both nodes should have the same versions.',
  },
];
