import { parseImageReference, repositoryName } from '../images/ImageReference';
import type { SystemCall, SystemEvent } from '../runtime/events/SystemEvent';

/** What a field of an alert can be; null is what Falco cannot tell. */
export type FieldValue = string | number | bigint | null;

const UNKNOWN_LOGIN = -1;

/** The value of each field that rules' outputs name, by Falco's own names of them (falco.org/docs/reference/rules/supported-fields). */
export function fieldsOf(event: SystemEvent): Record<string, FieldValue> {
  const { process, container, call } = event;
  const [parent, ...older] = process.ancestors;
  const image = container && parseImageReference(container.image);
  return {
    'evt.type': call.type,
    'evt.res': 'SUCCESS',
    ...describeCall(call),
    'proc.name': process.name,
    'proc.exe': process.argv[0],
    'proc.exepath': process.executable,
    'proc.cmdline': process.argv.length
      ? [process.name, ...process.argv.slice(1)].join(' ')
      : process.name,
    'proc.cwd': process.workingDirectory.replace(/\/?$/, '/'),
    'proc.tty': process.terminal,
    'proc.pname': parent?.name ?? null,
    'proc.pcmdline': parent
      ? [parent.name, ...parent.argv.slice(1)].join(' ')
      : null,
    ...Object.fromEntries(
      [2, 3, 4].map(level => [
        `proc.aname[${level}]`,
        older[level - 2]?.name ?? null,
      ]),
    ),
    'user.name': process.uid === 0 ? 'root' : '',
    'user.uid': process.uid,
    'user.loginuid': UNKNOWN_LOGIN,
    'user.loginname': '<NA>',
    'group.gid': 0,
    'group.name': 'root',
    // Falco shows the first twelve digits.
    'container.id': container?.id.slice(0, 12) ?? 'host',
    'container.name': container?.name ?? 'host',
    'container.image.repository': image ? repositoryName(image) : '',
    'container.image.tag': image?.tag ?? '',
    'k8s.pod.name': container?.podName ?? null,
    'k8s.ns.name': container?.podNamespace ?? null,
  };
}

function describeCall(call: SystemCall): Record<string, FieldValue> {
  switch (call.type) {
    case 'execve':
      return {
        'evt.arg.flags': `EXE_WRITABLE|${
          call.isAdded ? 'EXE_UPPER_LAYER' : 'EXE_LOWER_LAYER'
        }`,
      };
    case 'openat':
    case 'unlinkat':
      return { 'fd.name': call.path };
    case 'connect':
    case 'dup2': {
      const { protocol, localAddress, localPort, remoteAddress, remotePort } =
        call.connection;
      return {
        'fd.name': `${localAddress}:${localPort}->${remoteAddress}:${remotePort}`,
        'fd.sip': remoteAddress,
        'fd.lport': localPort,
        'fd.rport': remotePort,
        'fd.type': 'ipv4',
        'fd.l4proto': protocol,
      };
    }
    default:
      return {};
  }
}
