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

/** Runs one of the project's tools to its end; its output goes to the terminal. Returns its exit code. */
export function tryTool(command, args, { env, cwd = root } = {}) {
  const { status } = spawnSync(command, args, {
    cwd,
    env: toolEnvironment(env),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status ?? 1;
}

/** Like `tryTool`, but fails when the tool does. */
export function runTool(command, args, options) {
  const status = tryTool(command, args, options);
  if (status !== 0) {
    throw new Error(`${[command, ...args].join(' ')} failed (exit ${status})`);
  }
}
