/** Files that decide who may enter a system, and what starts by itself. */
export const sensitiveFiles: {
  pattern: RegExp;
  what: string;
  /** MITRE ATT&CK. */
  technique: { id: string; name: string };
}[] = [
  {
    pattern: /^\/etc\/(passwd|group)-?$/,
    what: 'accounts',
    technique: { id: 'T1136.001', name: 'Create Account: Local Account' },
  },
  {
    pattern: /^\/etc\/g?shadow-?$/,
    what: 'passwords',
    technique: { id: 'T1098', name: 'Account Manipulation' },
  },
  {
    pattern: /^\/etc\/sudoers(\.d\/.+)?$/,
    what: 'rights to become root',
    technique: {
      id: 'T1548.003',
      name: 'Abuse Elevation Control Mechanism: Sudo and Sudo Caching',
    },
  },
  {
    pattern:
      /^\/(etc\/(crontab|cron\.[^/]+\/.+|anacrontab)|var\/spool\/cron\/.+)$/,
    what: 'scheduled commands',
    technique: { id: 'T1053.003', name: 'Scheduled Task/Job: Cron' },
  },
  {
    pattern: /\/\.ssh\/(authorized_keys2?|rc)$/,
    what: 'keys that may log in',
    technique: {
      id: 'T1098.004',
      name: 'Account Manipulation: SSH Authorized Keys',
    },
  },
  {
    pattern: /^\/etc\/ld\.so\.(preload|conf(\.d\/.+)?)$/,
    what: 'libraries that are loaded into every program',
    technique: {
      id: 'T1574.006',
      name: 'Hijack Execution Flow: Dynamic Linker Hijacking',
    },
  },
  {
    pattern:
      /^\/(etc\/(profile(\.d\/.+)?|bash\.bashrc|bashrc|environment|zsh\/.+)|(root|home\/[^/]+)\/\.(bashrc|bash_profile|bash_login|profile|zshrc|zprofile))$/,
    what: 'commands that every shell runs',
    technique: {
      id: 'T1546.004',
      name: 'Event Triggered Execution: Unix Shell Configuration Modification',
    },
  },
  {
    pattern:
      /^\/(etc\/(systemd\/system|init\.d|rc\.local)|lib\/systemd\/system)(\/.+)?$/,
    what: 'services that start by themselves',
    technique: {
      id: 'T1543.002',
      name: 'Create or Modify System Process: Systemd Service',
    },
  },
  {
    pattern: /^\/etc\/(pam\.d\/.+|ssh\/sshd_config)$/,
    what: 'how users log in',
    technique: {
      id: 'T1556.003',
      name: 'Modify Authentication Process: Pluggable Authentication Modules',
    },
  },
];

export function isSensitiveFile(path: string): boolean {
  return sensitiveFiles.some(({ pattern }) => pattern.test(path));
}
