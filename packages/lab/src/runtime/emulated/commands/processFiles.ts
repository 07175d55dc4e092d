import { PAGE_SIZE } from '../../../criu-images/DumpSnapshot';
import type { EmulatedProcess } from '../EmulatedProcess';
import type { CommandHost } from './CommandHost';

/** The files of a process that proc(5) describes and the lab knows, by name; from its memory, as a kernel takes them. */
const FILES: Record<string, (process: EmulatedProcess) => string> = {
  cmdline: process => zeroTerminated(process.argv()),
  environ: process => zeroTerminated(process.environment()),
  comm: ({ parts }) => `${parts.command}\n`,
  status: describeStatus,
  maps: ({ memory }) =>
    memory.areas
      .map(
        ({ start, end, protection, kind }) =>
          `${start.toString(16)}-${end.toString(16)} ${describeProtection(
            protection,
          )} 00000000 00:00 0 ${
            ['heap', 'stack', 'vdso', 'vvar'].includes(kind) ? `[${kind}]` : ''
          }\n`,
      )
      .join(''),
};

/** `/proc/<pid>/<file>`, and `/proc/self` as the first process. */
export function readProcessFile(
  host: CommandHost,
  path: string,
): Buffer | undefined {
  const [, pid, name] = /^\/proc\/(\d+|self)\/(\w+)$/.exec(path) ?? [];
  const process = host
    .programs()
    .find(p => p.pid === (pid === 'self' ? 1 : Number(pid)));
  const describe = process && FILES[name];
  return describe && Buffer.from(describe(process));
}

export function listProcessFolder(
  host: CommandHost,
  path: string,
): string[] | undefined {
  if (path === '/proc') {
    return host.programs().map(({ pid }) => String(pid));
  }
  const pid = /^\/proc\/(\d+|self)$/.exec(path)?.[1];
  return pid ? Object.keys(FILES) : undefined;
}

function describeStatus({ parts, memory }: EmulatedProcess): string {
  const resident = (memory.pages().length * PAGE_SIZE) / 1024;
  const size = memory.areas.reduce(
    (sum, { start, end }) => sum + end - start,
    0,
  );
  return [
    `Name:\t${parts.command}`,
    'State:\tS (sleeping)',
    `Pid:\t${parts.pid}`,
    `PPid:\t${parts.parentPid}`,
    `VmSize:\t${String(size / 1024).padStart(8)} kB`,
    `VmRSS:\t${String(resident).padStart(8)} kB`,
    '',
  ].join('\n');
}

function describeProtection(protection: number): string {
  return ['r', 'w', 'x']
    .map((letter, bit) => ((protection >> bit) % 2 ? letter : '-'))
    .join('')
    .concat('p');
}

function zeroTerminated(values: string[]): string {
  return values.map(value => `${value}\0`).join('');
}
