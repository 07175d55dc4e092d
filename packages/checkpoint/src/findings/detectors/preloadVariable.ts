import { Severity } from '@cubemig/plugin-cubemig-common';
import { isHiddenPath, isTemporaryPath } from '../commands/programs';
import { Detector, detectionsBySeverity } from '../Detector';

/** Variables that load code into programs that never asked for it. */
const VARIABLES =
  /^(LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|BASH_ENV|ENV|PROMPT_COMMAND|PYTHONSTARTUP|PYTHONPATH|PERL5OPT|PERL5LIB|RUBYOPT|NODE_OPTIONS|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS)$/;

/** Allocators that images preload to be faster. */
const ALLOCATOR = /\/lib(jemalloc|tcmalloc|mimalloc|snmalloc)[^/]*\.so[.\d]*$/;

export const preloadVariable: Detector = {
  id: 'preload-variable',
  title: 'A variable loads code into programs',
  technique: {
    id: 'T1574.006',
    name: 'Hijack Execution Flow: Dynamic Linker Hijacking',
  },
  explanation:
    'Variables such as LD_PRELOAD make a program load a library or script before its own code runs: rootkits hide processes and files that way.',
  remedy:
    'Check that the image sets the variable on purpose, and look at the library that it names.',
  detect({ report, environments }) {
    const changed = new Set(
      (report.rootfs_changes ?? [])
        .filter(({ change }) => change !== 'deleted')
        .map(({ path }) => path),
    );
    const rate = (name: string, value: string): Severity | undefined => {
      const paths = value.split(/[:;,\s=]+/).filter(p => p.startsWith('/'));
      const isSuspect = paths.some(
        path =>
          isTemporaryPath(`${path}/`) ||
          isHiddenPath(path) ||
          changed.has(path),
      );
      if (isSuspect) {
        return 'high';
      }
      if (name !== 'LD_PRELOAD' && name !== 'LD_AUDIT') {
        return undefined;
      }
      return paths.length > 0 && paths.every(path => ALLOCATOR.test(path))
        ? 'info'
        : 'medium';
    };
    const commands = new Map(report.processes.map(p => [p.pid, p.command]));
    return detectionsBySeverity(
      [...environments].flatMap(([pid, environment]) =>
        Object.entries(environment).flatMap(([name, value]) => {
          const severity =
            VARIABLES.test(name) && value ? rate(name, value) : undefined;
          const command = commands.get(pid);
          if (!severity) {
            return [];
          }
          const evidence =
            pid > 0
              ? {
                  pid,
                  command,
                  detail: `process ${pid} (${command}) has ${name}=${value}`,
                }
              : { detail: `the container has ${name}=${value}` };
          return [{ severity, evidence }];
        }),
      ),
    );
  },
};
