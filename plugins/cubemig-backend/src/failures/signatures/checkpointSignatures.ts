import { Signature } from './Signature';

/** Why a checkpoint could not be taken: texts of the kubelet, the runtime and CRIU on the source node. */
export const checkpointSignatures: Signature[] = [
  {
    pattern:
      /Forbidden \(user=.*(\[checkpoint\]|subresource\(s\)=\[?"?checkpoint)/s,
    code: 'checkpoint-forbidden',
    message: 'The kubelet does not let this identity take checkpoints.',
    remedy:
      "Bind the courier's ServiceAccount in the source cluster to a ClusterRole with `create` on `nodes/checkpoint` (deploy/ has it).",
  },
  {
    pattern: /The kubelet at .* cannot be asked/,
    code: 'kubelet-unreachable',
    message: "The courier does not reach the source node's kubelet.",
    remedy:
      'Check that the kubelet runs and that pods of the node may connect to its port (10250); a network policy or firewall may forbid it.',
  },
  {
    pattern: /The kubelet at .* fell silent/,
    code: 'kubelet-silent',
    message:
      "The source node's kubelet was asked for the checkpoint and gave no answer.",
    remedy:
      'Look whether the node and its kubelet are well (a restart cuts off what is under way) and whether the source is, then migrate again. A second checkpoint is never taken by itself, because it would be of a later state; what the first may have left on the node is removed.',
  },
  {
    pattern: /The kubelet answered 500: .*context deadline exceeded/s,
    code: 'checkpoint-timeout',
    message: 'The checkpoint was not done in time.',
    remedy:
      "Look for the container's runtime and its disk on the source node; `cubemig.courier.timeoutSeconds` in app-config gives more time.",
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
    pattern: /criu binary not found|requires at least CRIU/i,
    code: 'criu-missing',
    message: 'The node has no CRIU, or one that is too old.',
    remedy: 'Install or upgrade the package criu on the node.',
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
];
