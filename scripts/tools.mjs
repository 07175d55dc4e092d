import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

/** The environment in which the project's tools run: its own binaries first. */
export function toolEnvironment(env = {}) {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
    ...env,
  };
}

/**
 * Runs one of the project's tools to its end; its output goes to the terminal, with `isQuiet` only if it fails. Returns its exit code.
 */
export function tryTool(command, args, { env, cwd = root, isQuiet } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: toolEnvironment(env),
    stdio: ['ignore', ...Array(2).fill(isQuiet ? 'pipe' : 'inherit')],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (isQuiet && status !== 0) {
    process.stdout.write(stdout ?? '');
    process.stderr.write(stderr ?? '');
  }
  return status ?? 1;
}

/** Like `tryTool`, but fails when the tool does. */
export function runTool(command, args, options) {
  const status = tryTool(command, args, options);
  if (status !== 0) {
    throw new Error(`${[command, ...args].join(' ')} failed (exit ${status})`);
  }
}
