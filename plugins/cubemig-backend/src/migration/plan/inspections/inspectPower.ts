import { KubeContainer } from '../../../clusters';
import { blocker, Finding, TargetContext } from '../PlanContext';

/** What Kubernetes' pod security level `baseline` lets a container add. */
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Whether a quarantine would hold the pod: what has power over its node goes past the network policies, and on from there. */
export function inspectPower({ pod, place }: TargetContext): Finding[] {
  const { containers, initContainers = [] } = pod.spec!;
  const powerful = [...containers, ...initContainers].filter(hasPower);
  return powerful.map(({ name }) =>
    blocker(
      {
        code: 'quarantine-powerful',
        message: `The container '${name}' is privileged, or has capabilities beyond the pod security level baseline: no quarantine would hold it, and it would be let onto a node of '${place.cluster}'.`,
        remedy:
          'Take the evidence alone (mode checkpoint), and delete the source.',
      },
      { cluster: place.cluster, object: `Namespace ${place.namespace}` },
    ),
  );
}

function hasPower({ securityContext }: KubeContainer): boolean {
  const added = securityContext?.capabilities?.add ?? [];
  return (
    securityContext?.privileged === true ||
    added.some(
      name => !BASELINE_CAPABILITIES.includes(name.replace(/^CAP_/, '')),
    )
  );
}
