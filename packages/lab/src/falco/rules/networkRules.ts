import { PROCESS_FIELDS, type Rule } from '../Rule';

/** Rules about sockets. */
export const networkRules: Rule[] = [
  {
    name: 'Redirect STDOUT/STDIN to Network Connection in Container',
    priority: 'Notice',
    tags: [
      ...['maturity_stable', 'container', 'network', 'process'],
      ...['mitre_execution', 'T1059'],
    ],
    output: `Redirect stdout/stdin to network connection | gparent=%proc.aname[2] ggparent=%proc.aname[3] gggparent=%proc.aname[4] fd.sip=%fd.sip connection=%fd.name lport=%fd.lport rport=%fd.rport fd_type=%fd.type fd_proto=%fd.l4proto ${PROCESS_FIELDS}`,
    isMet: ({ call, container }) =>
      container !== undefined &&
      call.type === 'dup2' &&
      [0, 1, 2].includes(call.descriptor),
  },
];
