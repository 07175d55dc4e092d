import { isPrivateAddress } from '../../sockets';
import { Detector, detectionOf } from '../Detector';

export const outsideConnection: Detector = {
  id: 'outside-connection',
  title: 'A connection leads out of the private network',
  technique: { id: 'T1071', name: 'Application Layer Protocol' },
  explanation:
    "A process is connected to an address outside the private ranges: an outside service that the application needs, or somebody's command server.",
  remedy:
    'Check whether the address is one that the application needs. Allow only those, by a NetworkPolicy.',
  detect: ({ report }) => {
    const commands = new Map(report.processes.map(p => [p.pid, p.command]));
    return detectionOf(
      'medium',
      report.connections
        .filter(
          ({ state, remote }) =>
            state === 'ESTABLISHED' &&
            remote !== undefined &&
            remote.address !== '' &&
            !isPrivateAddress(remote.address),
        )
        .map(({ pid, local, remote, protocol }) => {
          const command = commands.get(pid);
          const socket = `${local?.address}:${local?.port} -> ${remote?.address}:${remote?.port}`;
          return {
            pid,
            command,
            socket,
            detail: `process ${pid} (${command}) has a ${protocol} connection ${socket}`,
          };
        }),
    );
  },
};
