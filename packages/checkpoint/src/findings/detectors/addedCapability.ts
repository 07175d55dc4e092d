import { Detector, detectionsBySeverity } from '../Detector';

/** What runtimes give by default: the union of CRI-O, containerd, podman and docker. */
const DEFAULTS = new Set(
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'
    .split(' ')
    .map(name => `CAP_${name}`),
);

/** Each of these is a way out of the container. */
const DANGEROUS = new Set(
  'SYS_ADMIN SYS_MODULE SYS_PTRACE SYS_RAWIO SYS_BOOT DAC_READ_SEARCH BPF NET_ADMIN MAC_ADMIN MAC_OVERRIDE SYSLOG PERFMON CHECKPOINT_RESTORE'
    .split(' ')
    .map(name => `CAP_${name}`),
);

export const addedCapability: Detector = {
  id: 'added-capability',
  title: 'The container has added capabilities',
  technique: { id: 'T1611', name: 'Escape to Host' },
  explanation:
    'The container may do more than containers may by default; with some capabilities it can leave its walls.',
  remedy:
    'Drop all capabilities and add back only those that the application needs.',
  detect: ({ report: { security } }) =>
    security.privileged
      ? []
      : detectionsBySeverity(
          security.capabilities
            .filter(capability => !DEFAULTS.has(capability))
            .map(capability => ({
              severity: DANGEROUS.has(capability)
                ? ('medium' as const)
                : ('low' as const),
              evidence: { detail: capability },
            })),
        ),
};
