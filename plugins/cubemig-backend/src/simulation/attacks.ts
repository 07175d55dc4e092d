import { Attack, AttackName } from '@cubemig/plugin-cubemig-common';

/**
 * What can be simulated. A script does what a rule of Falco's stable set looks for and harms nothing: it connects to nobody but the discard
 * port (9) of its own loopback, and touches no file but what it has made itself. It removes that, except where an intruder would leave
 * something for a forensic report to find.
 */
export const attacks: readonly Attack[] = [
  {
    name: 'reverse_shell',
    title: 'Reverse shell',
    description:
      'A shell whose input and output are a network connection: here to UDP port 9 of the pod itself, where nobody listens. Its script stays in /tmp, for the forensic report to find.',
    rule: 'Redirect STDOUT/STDIN to Network Connection in Container',
    technique: {
      id: 'T1059.004',
      name: 'Command and Scripting Interpreter: Unix Shell',
    },
    script: `f=/tmp/.cubemig-simulation; printf '%s\\n' '#!/bin/bash' 'exec 3<>/dev/udp/127.0.0.1/9' 'exec 0<&3' 'exec 1>&3' > "$f"; chmod +x "$f"; bash "$f"`,
    leaves: '/tmp/.cubemig-simulation',
  },
  {
    name: 'data_destruction',
    title: 'Data destruction',
    description: 'Overwrites and removes a file, one that it has just made.',
    rule: 'Remove Bulk Data from Disk',
    technique: { id: 'T1485', name: 'Data Destruction' },
    script: `f=/tmp/cubemig-simulation-$$; echo data > "$f"; shred -u "$f"`,
  },
  {
    name: 'log_removal',
    title: 'Log removal',
    description:
      'Empties a file that is named like a log of the system, in a folder that it has just made.',
    rule: 'Clear Log Activities',
    technique: { id: 'T1070', name: 'Indicator Removal' },
    script: `d=/tmp/cubemig-simulation-$$; mkdir "$d"; echo line > "$d/auth.log"; : > "$d/auth.log"; rm -r "$d"`,
  },
  {
    name: 'private_key_search',
    title: 'Search for private keys',
    description: 'Looks for SSH keys, in a folder that it has just made.',
    rule: 'Search Private Keys or Passwords',
    technique: {
      id: 'T1552.001',
      name: 'Unsecured Credentials: Credentials In Files',
    },
    script: `d=/tmp/cubemig-simulation-$$; mkdir "$d"; find "$d" -name id_rsa; rm -r "$d"`,
  },
  {
    name: 'shm_execution',
    title: 'Program in shared memory',
    description:
      'Runs a copy of `true` from /dev/shm, where programs leave no trace on the disk.',
    rule: 'Execution from /dev/shm',
    technique: {
      id: 'T1059.004',
      name: 'Command and Scripting Interpreter: Unix Shell',
    },
    script: `f=/dev/shm/cubemig-simulation-$$; cp /bin/true "$f" && "$f"; s=$?; rm -f "$f"; exit $s`,
  },
  {
    name: 'dropped_program',
    title: 'Dropped program',
    description:
      'Runs a program that is not in the image: a copy of `true` that it has just made.',
    rule: 'Drop and execute new binary in container',
    technique: { id: 'T1105', name: 'Ingress Tool Transfer' },
    script: `f=/tmp/cubemig-simulation-$$; cp /bin/true "$f" && "$f"; s=$?; rm -f "$f"; exit $s`,
  },
];

export function attackOf(name: AttackName): Attack {
  return attacks.find(attack => attack.name === name)!;
}
