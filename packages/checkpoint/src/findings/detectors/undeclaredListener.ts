import { Detector, detectionOf } from '../Detector';

export const undeclaredListener: Detector = {
  id: 'undeclared-listener',
  title: 'A process listens on a port that the pod does not declare',
  technique: { id: 'T1571', name: 'Non-Standard Port' },
  explanation:
    "A port is open to others although the container's ports do not name it. Where a pod declares its ports, one more may be a back door; where it declares none, nothing follows from it.",
  remedy: 'Declare the port, or find out who opened it.',
  detect: ({ report }) => {
    const declared = report.security.declared_ports;
    if (!declared) {
      return [];
    }
    const ports = new Set(declared.map(({ port }) => port));
    const commands = new Map(report.processes.map(p => [p.pid, p.command]));
    const seen = new Set<string>();
    return detectionOf(
      declared.length > 0 ? 'medium' : 'info',
      report.connections.flatMap(({ pid, state, local, protocol }) => {
        const key = `${protocol} ${local?.address}:${local?.port}`;
        if (
          state !== 'LISTEN' ||
          !local ||
          local.port === 0 ||
          ports.has(local.port) ||
          /^(127\.|::1$)/.test(local.address) ||
          seen.has(key)
        ) {
          return [];
        }
        seen.add(key);
        const command = commands.get(pid);
        return [
          {
            pid,
            command,
            socket: `${local.address}:${local.port}`,
            detail: `process ${pid} (${command}) listens on ${key}`,
          },
        ];
      }),
    );
  },
};
