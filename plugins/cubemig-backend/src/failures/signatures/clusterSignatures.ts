import { Signature } from './Signature';

/** A pod does not begin for want of a Secret. */
export const SECRET_MISSING = 'secret-missing';

/** What clusters and registries say of images, disks and rights. */
export const clusterSignatures: Signature[] = [
  {
    pattern: /failed to pull checkpoint base image.*401/s,
    code: 'base-image-unauthorized',
    message: "The target node may not pull the container's base image.",
    remedy:
      "Give the target's ServiceAccount an imagePullSecret for that registry.",
  },
  {
    pattern: /secret "[^"]+" not found|references non-existent secret key/,
    code: SECRET_MISSING,
    message: 'A Secret that the pod mounts is missing, or lacks a key.',
    remedy:
      'Create it in the namespace of that pod. Of the courier and its keys, cubemig.courier and cubemig.registry in app-config name the Secrets.',
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
      /(pull|registry|pinging).*(connection refused|no such host|i\/o timeout|no route to host|x509)/is,
    code: 'registry-unreachable',
    message: 'The node does not reach the registry, or does not trust it.',
    remedy:
      "Check name, network and certificate from the node; a private CA belongs into the node's trust store.",
  },
  {
    pattern: /no space left on device/,
    code: 'disk-full',
    message: 'A disk is full.',
    remedy:
      'Make room under /var/lib/kubelet/checkpoints on the source node, in the image store of the target node, and in the registry.',
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
    pattern: /: answered 5\d\d/,
    code: 'registry-unavailable',
    message: 'The registry is in trouble.',
    remedy:
      'Look into the log of the registry (or of the proxy before it), then migrate again.',
  },
  {
    pattern:
      /ValidatingAdmissionPolicy .* denied request|admission webhook .* denied the request/is,
    code: 'admission-denied',
    message: "The cluster's admission refused an object.",
    remedy:
      "Read which rule it broke (in brackets). Of the courier: is its image in the ConfigMap cubemig-courier-policy of its namespace? Of an app's pod: its namespace's policies must allow the checkpoint image's registry.",
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
];
