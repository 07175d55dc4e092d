import { FalcoRule, Priority } from '@cubemig/plugin-cubemig-common';

/** Falco's stable rules that matter for containers, by priority and MITRE ATT&CK technique or tactic. */
const rules: [name: string, priority: Priority, mitre: string][] = [
  ['Clear Log Activities', 'Warning', 'T1070'],
  ['Contact K8S API Server From Container', 'Notice', 'T1565'],
  ['Create Hardlink Over Sensitive Files', 'Warning', 'T1555'],
  ['Create Symlink Over Sensitive Files', 'Warning', 'T1555'],
  ['Debugfs Launched in Privileged Container', 'Warning', 'T1611'],
  ['Detect release_agent File Container Escapes', 'Critical', 'T1611'],
  ['Directory traversal monitored file read', 'Warning', 'T1555'],
  ['Disallowed SSH Connection Non Standard Port', 'Notice', 'T1059'],
  ['Drop and execute new binary in container', 'Critical', 'TA0003'],
  ['Execution from /dev/shm', 'Warning', 'T1059.004'],
  ['Fileless execution via memfd_create', 'Critical', 'T1620'],
  ['Find AWS Credentials', 'Warning', 'T1552'],
  ['Linux Kernel Module Injection Detected', 'Warning', 'TA0003'],
  ['Netcat Remote Code Execution in Container', 'Warning', 'T1059'],
  ['PTRACE anti-debug attempt', 'Notice', 'T1622'],
  ['PTRACE attached to process', 'Warning', 'T1055.008'],
  ['Packet socket created in container', 'Notice', 'T1557.002'],
  ['Read sensitive file trusted after startup', 'Warning', 'T1555'],
  ['Read sensitive file untrusted', 'Warning', 'T1555'],
  [
    'Redirect STDOUT/STDIN to Network Connection in Container',
    'Notice',
    'T1059',
  ],
  ['Remove Bulk Data from Disk', 'Warning', 'T1485'],
  ['Run shell untrusted', 'Notice', 'T1059.004'],
  ['Search Private Keys or Passwords', 'Warning', 'T1552.001'],
  ['System user interactive', 'Informational', 'T1059'],
  ['Terminal shell in container', 'Notice', 'T1059'],
];

export const falcoRules: FalcoRule[] = rules.map(([name, priority, mitre]) => ({
  name,
  priority,
  mitre,
}));
