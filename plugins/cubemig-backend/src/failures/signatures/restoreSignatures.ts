import { Signature } from './Signature';

/** Why a container could not be restored: texts of the runtime and CRIU on the target node. */
export const restoreSignatures: Signature[] = [
  {
    pattern: /Connected TCP socket in image/,
    code: 'target-lacks-tcp-close',
    message:
      'The checkpoint holds TCP connections that the target node may not close.',
    remedy:
      'Add `tcp-close` to /etc/criu/crun.conf (or runc.conf) on the nodes of the target cluster.',
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
      'Files in volumes other than emptyDir do not travel, nor those of an emptyDir beyond `cubemig.migration.maxVolumeBytes`; let the program close them, or put them in place first.',
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
    pattern: /open \/proc\/\d+\/stat/,
    code: 'exited-after-restore',
    message: 'The process ended right after it was restored.',
    remedy:
      "Look at the restored pod's log and at the program's own error handling, then migrate again.",
  },
];
