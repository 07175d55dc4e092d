import { Process } from '@cubemig/plugin-cubemig-common';
import { isServer, isShell } from '../commands/programs';
import { Detector, detectionsBySeverity } from '../Detector';

/** Farther up is no cause; and a checkpoint that was made up may go round in circles. */
const MAX_DEPTH = 64;

export const shellBelowServer: Detector = {
  id: 'shell-below-server',
  title: 'A server started a shell',
  technique: { id: 'T1190', name: 'Exploit Public-Facing Application' },
  explanation:
    'A shell runs below a process that serves others over the network. Servers seldom start shells of their own accord: this is what a successful command injection looks like.',
  remedy:
    "Compare the shell's command line with what the application does on purpose. Read the container's log for the request that made it.",
  detect({ report }) {
    const processes = new Map(report.processes.map(p => [p.pid, p]));
    const listeners = new Set(
      report.connections
        .filter(c => /^IPV[46]$/.test(c.family) && c.state === 'LISTEN')
        .map(c => c.pid),
    );
    return detectionsBySeverity(
      report.processes.filter(isShell).flatMap(shell => {
        const server = findAncestor(
          shell,
          processes,
          p => !isShell(p) && (isServer(p) || listeners.has(p.pid)),
        );
        return server
          ? [
              {
                severity: isServer(server)
                  ? ('high' as const)
                  : ('medium' as const),
                evidence: {
                  pid: shell.pid,
                  command: shell.command,
                  detail: `${server.command} (${server.pid}) has the shell ${
                    shell.command
                  } (${shell.pid}) below it: ${shell.argv.join(' ')}`,
                },
              },
            ]
          : [];
      }),
    );
  },
};

function findAncestor(
  process: Process,
  processes: Map<number, Process>,
  matches: (candidate: Process) => boolean,
): Process | undefined {
  let parent = processes.get(process.ppid);
  for (let depth = 0; parent && depth < MAX_DEPTH; depth++) {
    if (matches(parent)) {
      return parent;
    }
    parent = processes.get(parent.ppid);
  }
  return undefined;
}
