import { Detector, detectionOf } from '../Detector';

export const hostNamespace: Detector = {
  id: 'host-namespace',
  title: 'The container shares a namespace of the node',
  technique: { id: 'T1611', name: 'Escape to Host' },
  explanation:
    "The container sees the node's own processes, network or shared memory (hostPID, hostNetwork, hostIPC).",
  remedy: 'Run it without hostPID, hostNetwork and hostIPC.',
  detect: ({ report }) =>
    detectionOf(
      'medium',
      report.security.host_namespaces.map(type => ({
        detail: `the node's ${type} namespace`,
      })),
    ),
};
