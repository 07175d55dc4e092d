import { holdsSecret } from '../../secrets';
import { Detector, detectionOf } from '../Detector';

export const secretInEnvironment: Detector = {
  id: 'secret-in-environment',
  title: 'Secrets lie in the environment',
  technique: { id: 'T1552', name: 'Unsecured Credentials' },
  explanation:
    'Variables hold what looks like passwords, tokens or keys. Every process of the container, and whoever holds this checkpoint, can read them.',
  remedy:
    'Mount secrets as files. Treat the checkpoint as a secret itself: encrypt its image. If the container was taken over, change them.',
  detect: ({ environments, report }) => {
    const holders = new Map<string, number>();
    for (const [pid, environment] of environments) {
      for (const [name, value] of Object.entries(environment)) {
        if (holdsSecret(name, value) && !holders.has(name)) {
          holders.set(name, pid);
        }
      }
    }
    const commands = new Map(report.processes.map(p => [p.pid, p.command]));
    return detectionOf(
      'low',
      [...holders].map(([name, pid]) => ({
        ...(pid > 0 && { pid, command: commands.get(pid) }),
        detail:
          pid > 0
            ? `${name}, of process ${pid} (${commands.get(pid)})`
            : `${name}, of the container`,
      })),
    );
  },
};
