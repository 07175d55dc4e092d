import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { root } from './root.mjs';

const running = new Set();

/**
 * Starts a program in a process group of its own, so that stopping it also stops what it started. Its output goes to `logFile`,
 * and to the terminal too when `isVerbose`.
 */
export function startProcess(
  command,
  args,
  { env = {}, logFile, isVerbose = false, cwd = root, uid, gid } = {},
) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(command, args, {
    cwd,
    uid,
    gid,
    env: { ...process.env, ...env },
    detached: true,
    // stdin is a pipe that closes when this process dies, however it dies
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    if (isVerbose) stream.pipe(process.stdout, { end: false });
  }
  const handle = { child, logFile, hasEnded: false };
  handle.ended = new Promise(resolve => {
    const end = code => {
      handle.hasEnded = true;
      running.delete(handle);
      resolve(code);
    };
    child.once('exit', end);
    child.once('error', () => end(127));
  });
  running.add(handle);
  return handle;
}

/** Ends a program and all it started: politely first, by force after ten seconds. */
export async function stopProcess(handle) {
  if (handle.hasEnded) return;
  signalGroup(handle, 'SIGTERM');
  const force = setTimeout(() => signalGroup(handle, 'SIGKILL'), 10_000);
  await handle.ended;
  clearTimeout(force);
}

/** Ends everything that this process started. */
export async function stopAll() {
  await Promise.all([...running].reverse().map(stopProcess));
}

function signalGroup({ child }, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the group has ended already
  }
}

/** Waits until `check` resolves to true. Fails when the program that it waits for ends, or after `seconds`. */
export async function waitUntil(what, check, { handle, seconds = 120 } = {}) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (handle?.hasEnded) {
      throw new Error(`${what} ended early: see ${handle.logFile}`);
    }
    if (await check().catch(() => false)) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(
    `${what} did not answer within ${seconds} seconds${
      handle ? `: see ${handle.logFile}` : ''
    }`,
  );
}

/** Resolves with the signal when the user asks to stop (Ctrl-C, or a polite kill). */
export function untilInterrupted() {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.once(signal, () => resolve(signal));
  });
}
