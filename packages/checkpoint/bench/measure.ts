import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  milliseconds: number;
  /** The most memory that it held, in MiB. */
  peakMiB: number;
}

/** Runs a program and measures it from outside, so that all programs are measured alike. */
export function measureProgram(
  program: string,
  args: string[],
): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    let peakMiB = 0;
    // The kernel keeps the high-water mark: one look shortly before the end is enough.
    const timer = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        const kib = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
        peakMiB = Math.max(peakMiB, Number(kib ?? 0) / 1024);
      } catch {
        // It has ended.
      }
    }, 5);
    child.on('error', error => {
      clearInterval(timer);
      reject(error);
    });
    child.on('exit', () => {
      clearInterval(timer);
      resolve({ milliseconds: performance.now() - started, peakMiB });
    });
  });
}

/** The one in the middle of several runs. */
export async function median(
  runs: number,
  measure: () => Promise<Measured>,
): Promise<Measured> {
  const measured: Measured[] = [];
  for (let i = 0; i < runs; i++) {
    measured.push(await measure());
  }
  measured.sort((a, b) => a.milliseconds - b.milliseconds);
  return measured[Math.floor(runs / 2)];
}
