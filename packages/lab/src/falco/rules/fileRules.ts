import { posix } from 'node:path';
import type { SystemEvent } from '../../runtime/events/SystemEvent';
import { PROCESS_FIELDS, type Rule } from '../Rule';

const SENSITIVE_FILES = [
  ...['/etc/shadow', '/etc/sudoers', '/etc/pam.conf'],
  '/etc/security/pwquality.conf',
];
const SENSITIVE_FOLDERS = ['/etc/sudoers.d', '/etc/pam.d'];
/** Of the programs that Falco trusts with them, those that a container may have: shells, and what manages users and packages. */
const TRUSTED_READERS = [
  ...['ash', 'bash', 'csh', 'ksh', 'sh', 'tcsh', 'zsh', 'dash'],
  ...['login', 'su', 'newgrp', 'sg', 'passwd', 'useradd', 'usermod', 'userdel'],
  ...['groupadd', 'groupmod', 'groupdel', 'chpasswd', 'chage', 'gpasswd'],
  ...['adduser', 'addgroup', 'deluser', 'delgroup', 'unix_chkpwd', 'sudo'],
  ...['dpkg', 'apt', 'apt-get', 'rpm', 'dnf', 'yum', 'apk', 'pip', 'npm'],
  ...['cron', 'crond', 'crontab', 'ps', 'sshd', 'systemd', 'file', 'iptables'],
];
const LOG_FOLDERS = ['/var/log', '/dev/log'];
const LOG_FILES = [
  ...['syslog', 'auth.log', 'secure', 'kern.log', 'cron', 'user.log'],
  ...['dpkg.log', 'last.log', 'yum.log', 'access_log', 'mysql.log'],
  'mysqld.log',
];

/** Rules about the files that are opened. */
export const fileRules: Rule[] = [
  {
    name: 'Read sensitive file untrusted',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container', 'filesystem'],
      ...['mitre_credential_access', 'T1555'],
    ],
    output: `Sensitive file opened for reading by non-trusted program | file=%fd.name gparent=%proc.aname[2] ggparent=%proc.aname[3] gggparent=%proc.aname[4] ${PROCESS_FIELDS}`,
    isMet: ({ call, process }) =>
      call.type === 'openat' &&
      call.access === 'read' &&
      (SENSITIVE_FILES.includes(call.path) ||
        SENSITIVE_FOLDERS.includes(posix.dirname(call.path))) &&
      !TRUSTED_READERS.includes(process.name),
  },
  {
    name: 'Clear Log Activities',
    priority: 'Warning',
    tags: [
      ...['maturity_stable', 'host', 'container', 'filesystem'],
      ...['mitre_defense_evasion', 'T1070', 'NIST_800-53_AU-10'],
    ],
    output: `Log files were tampered | file=%fd.name ${PROCESS_FIELDS}`,
    isMet: ({ call }: SystemEvent) =>
      call.type === 'openat' &&
      call.access === 'write' &&
      call.truncates &&
      (LOG_FOLDERS.includes(posix.dirname(call.path)) ||
        LOG_FILES.includes(posix.basename(call.path))),
  },
];
