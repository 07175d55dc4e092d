import type { SystemEvent } from '../../runtime/events/SystemEvent';
import { EXECUTABLE_FLAGS, PROCESS_FIELDS, type Rule } from '../Rule';

const SHELLS = ['ash', 'bash', 'csh', 'ksh', 'sh', 'tcsh', 'zsh', 'dash'];
/** Parents of what a container runtime starts: its first process, and what `kubectl exec` asks for. */
const ENTRYPOINT_PARENTS = [
  ...['runc:[0:PARENT]', 'runc:[1:CHILD]', 'runc', 'docker-runc', 'exe'],
  ...['docker-runc-cur', 'containerd-shim', 'systemd', 'crio', 'conmon'],
];
const GREPS = ['grep', 'egrep', 'fgrep'];
const PRIVATE_KEYS = [
  'begin private',
  'begin openssh private',
  'begin rsa private',
  'begin dsa private',
  'begin ec private',
];
const AWS_KEYS = [
  ...['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
  ...['accesskeyid', 'secretaccesskey'],
];
const KEY_FILES = ['id_rsa', 'id_dsa', 'id_ed25519', 'id_ecdsa'];
const SHARED_MEMORY = '/dev/shm';

const isExecution = ({ call }: SystemEvent) => call.type === 'execve';
const argumentsOf = ({ process }: SystemEvent) =>
  process.argv.slice(1).join(' ');
const containsAny = (text: string, parts: string[]) =>
  parts.some(part => text.includes(part));

/** Rules about what is executed. */
export const processRules: Rule[] = [
  {
    name: 'Terminal shell in container',
    priority: 'Notice',
    tags: ['maturity_stable', 'container', 'shell', 'mitre_execution', 'T1059'],
    output: `A shell was spawned in a container with an attached terminal | ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: event =>
      isExecution(event) &&
      event.container !== undefined &&
      SHELLS.includes(event.process.name) &&
      event.process.terminal !== 0 &&
      ENTRYPOINT_PARENTS.includes(event.process.ancestors[0]?.name ?? 'conmon'),
  },
  {
    name: 'Netcat Remote Code Execution in Container',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'container', 'network', 'process'],
      ...['mitre_execution', 'T1059'],
    ],
    output: `Netcat runs inside container that allows remote code execution | ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: event =>
      isExecution(event) &&
      event.container !== undefined &&
      ((event.process.name === 'nc' &&
        containsAny(event.process.argv.join(' '), [' -e', ' -c'])) ||
        (event.process.name === 'ncat' &&
          containsAny(argumentsOf(event), [
            ...['--sh-exec', '--exec', '-e ', '-c ', '--lua-exec'],
          ]))),
  },
  {
    name: 'Search Private Keys or Passwords',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container', 'process', 'filesystem'],
      ...['mitre_credential_access', 'T1552.001'],
    ],
    output: `Grep private keys or passwords activities found | ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: event =>
      isExecution(event) &&
      ((GREPS.includes(event.process.name) &&
        containsAny(argumentsOf(event).toLowerCase(), PRIVATE_KEYS)) ||
        (event.process.name === 'find' &&
          containsAny(argumentsOf(event), KEY_FILES))),
  },
  {
    name: 'Find AWS Credentials',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container', 'process', 'aws'],
      ...['mitre_credential_access', 'T1552'],
    ],
    output: `Detected AWS credentials search activity | proc_pcmdline=%proc.pcmdline proc_cwd=%proc.cwd group_gid=%group.gid group_name=%group.name user_loginname=%user.loginname ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: event =>
      isExecution(event) &&
      ((GREPS.includes(event.process.name) &&
        containsAny(argumentsOf(event).toLowerCase(), AWS_KEYS)) ||
        (event.process.name === 'find' &&
          argumentsOf(event).endsWith('.aws/credentials'))),
  },
  {
    name: 'Remove Bulk Data from Disk',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container', 'process', 'filesystem'],
      ...['mitre_impact', 'T1485'],
    ],
    output: `Bulk data has been removed from disk | file=%fd.name ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: event =>
      isExecution(event) &&
      ['shred', 'mkfs', 'mke2fs'].includes(event.process.name),
  },
  {
    name: 'Execution from /dev/shm',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container'],
      ...['mitre_execution', 'T1059.004'],
    ],
    output: `File execution detected from /dev/shm | evt_res=%evt.res file=%fd.name proc_cwd=%proc.cwd proc_pcmdline=%proc.pcmdline user_loginname=%user.loginname group_gid=%group.gid group_name=%group.name ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: event => isExecution(event) && isFromSharedMemory(event),
  },
  {
    name: 'Drop and execute new binary in container',
    priority: 'Critical',
    tags: [
      ...['maturity_stable', 'container', 'process'],
      ...['mitre_persistence', 'TA0003', 'PCI_DSS_11.5.1'],
    ],
    output: `Executing binary not part of base image | proc_exe=%proc.exe proc_sname=%proc.sname gparent=%proc.aname[2] proc_exe_ino_ctime=%proc.exe_ino.ctime proc_exe_ino_mtime=%proc.exe_ino.mtime proc_exe_ino_ctime_duration_proc_start=%proc.exe_ino.ctime_duration_proc_start proc_cwd=%proc.cwd container_start_ts=%container.start_ts ${PROCESS_FIELDS} ${EXECUTABLE_FLAGS}`,
    isMet: ({ call, container }) =>
      container !== undefined && call.type === 'execve' && call.isAdded,
  },
  {
    name: 'PTRACE attached to process',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container', 'process'],
      ...['mitre_privilege_escalation', 'T1055.008'],
    ],
    output: `Detected ptrace PTRACE_ATTACH attempt | proc_pcmdline=%proc.pcmdline ${PROCESS_FIELDS}`,
    isMet: ({ call }) =>
      call.type === 'ptrace' &&
      ['POKETEXT', 'POKEDATA', 'ATTACH', 'SEIZE', 'SETREGS'].some(
        request => call.request === `PTRACE_${request}`,
      ),
  },
];

function isFromSharedMemory(event: SystemEvent): boolean {
  const { argv, name, workingDirectory } = event.process;
  const args = argumentsOf(event);
  const isInside = `${workingDirectory}/`.startsWith(`${SHARED_MEMORY}/`);
  return (
    argv[0].startsWith(`${SHARED_MEMORY}/`) ||
    (isInside && (argv[0].startsWith('./') || args.startsWith('./'))) ||
    (SHELLS.includes(name) &&
      ['-c ', '-i ', ''].some(option =>
        args.startsWith(`${option}${SHARED_MEMORY}`),
      ))
  );
}
