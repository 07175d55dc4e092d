import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs a command to its end. Seconds on the clock, seconds of processor of it and all it started, and the most memory that any one of
 * its processes held, in MB. Read from /proc while it runs, so what happens in its last hundredths of a second may be missed.
 */
export async function runMeasured(command, args, options = {}) {
  const start = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', text => (output += text));
  child.stderr.on('data', text => (errors = `${errors}${text}`.slice(-4000)));
  const seen = { cpu: new Map(), megabytes: 0 };
  const timer = setInterval(() => look(child.pid, seen), 20);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearInterval(timer));
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) {
    throw new Error(`${command} ${args[0]} failed (exit ${code}): ${errors}`);
  }
  const cpuSeconds = [...seen.cpu.values()].reduce((sum, s) => sum + s, 0);
  return { seconds, cpuSeconds, megabytes: seen.megabytes, output };
}

/** Clock ticks a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

function look(pid, seen) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const peak = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000;
    seen.megabytes = Math.max(seen.megabytes, peak);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    seen.cpu.set(pid, (Number(fields[11]) + Number(fields[12])) / TICKS);
    for (const task of readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)) {
      look(Number(task), seen);
    }
  } catch {
    // It has ended meanwhile.
  }
}
