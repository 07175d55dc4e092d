/** Files that decide who may enter a system, and what starts by itself. */
export const sensitiveFiles: {
  pattern: RegExp;
  what: string;
}[] = [
  { pattern: /^\/etc\/(passwd|group)-?$/, what: 'accounts' },
  { pattern: /^\/etc\/g?shadow-?$/, what: 'passwords' },
  { pattern: /^\/etc\/sudoers(\.d\/.+)?$/, what: 'rights to become root' },
  {
    pattern:
      /^\/(etc\/(crontab|cron\.[^/]+\/.+|anacrontab)|var\/spool\/cron\/.+)$/,
    what: 'scheduled commands',
  },
  { pattern: /\/\.ssh\/(authorized_keys2?|rc)$/, what: 'keys that may log in' },
  {
    pattern: /^\/etc\/ld\.so\.(preload|conf(\.d\/.+)?)$/,
    what: 'libraries that are loaded into every program',
  },
  {
    pattern:
      /^\/(etc\/(profile(\.d\/.+)?|bash\.bashrc|bashrc|environment|zsh\/.+)|(root|home\/[^/]+)\/\.(bashrc|bash_profile|bash_login|profile|zshrc|zprofile))$/,
    what: 'commands that every shell runs',
  },
  {
    pattern:
      /^\/(etc\/(systemd\/system|init\.d|rc\.local)|lib\/systemd\/system)(\/.+)?$/,
    what: 'services that start by themselves',
  },
  {
    pattern: /^\/etc\/(pam\.d\/.+|ssh\/sshd_config)$/,
    what: 'how users log in',
  },
];

export function isSensitiveFile(path: string): boolean {
  return sensitiveFiles.some(({ pattern }) => pattern.test(path));
}
