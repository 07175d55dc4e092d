import { Process } from '@cubemig/plugin-cubemig-common';

const SHELL = /^(ba|da|a|z|k|c|tc|fi|mk)?sh$/;

/** Programs that serve others over the network and have no business starting a shell. */
const SERVER =
  /^(nginx|httpd|apache2|lighttpd|caddy|haproxy|envoy|java|tomcat\d*|php-fpm.*|php-cgi|redis-server|valkey-server|memcached|mysqld|mariadbd|postgres|mongod|etcd|named|sshd|gunicorn.*|uwsgi|unicorn|puma.*|beam\.smp)$/;

/** The name of the program that runs, by its file: a process may call itself anything. */
export function programName(process: Pick<Process, 'exe' | 'command'>): string {
  return process.exe?.split('/').pop() || process.command;
}

export function isShell(process: Process): boolean {
  const { argv } = process;
  // Where all commands are one program (busybox), only the name it was called by tells.
  const called = (argv[0] ?? '').replace(/^-/, '').split('/').pop() ?? '';
  return SHELL.test(programName(process)) || SHELL.test(called);
}

export function isServer(process: Process): boolean {
  return SERVER.test(programName(process)) || SERVER.test(process.command);
}

/** Folders that anyone may write to. */
export function isTemporaryPath(path: string): boolean {
  return /^\/(tmp|var\/tmp|dev\/shm|run\/shm|dev\/mqueue)\//.test(path);
}

/** A file or folder whose name starts with a dot. */
export function isHiddenPath(path: string): boolean {
  return /\/\.[^./]/.test(path);
}
