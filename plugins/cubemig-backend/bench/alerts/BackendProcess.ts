import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A Backstage backend as a process of its own, which can be killed. */
export class BackendProcess {
  private child: ChildProcess | undefined;

  constructor(readonly port: number, private readonly database: object) {}

  /** Resolves when it takes requests. */
  async start(): Promise<void> {
    this.child = spawn(
      process.execPath,
      [
        '-r',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'backend.ts'),
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          BENCH_PORT: String(this.port),
          BENCH_DATABASE: JSON.stringify(this.database),
        },
      },
    );
    const url = `http://127.0.0.1:${this.port}/.backstage/health/v1/readiness`;
    for (;;) {
      if (this.child.exitCode !== null) {
        throw new Error(`The backend ended with ${this.child.exitCode}`);
      }
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      await delay(100);
    }
  }

  /** Without any warning, as when a machine dies. */
  async kill(): Promise<void> {
    const child = this.child!;
    child.kill('SIGKILL');
    if (child.exitCode === null) await once(child, 'exit');
  }

  /** Resident memory in megabytes, as Linux counts it. */
  memory(): number {
    const status = readFileSync(`/proc/${this.child!.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024);
  }

  /** The processor time it has taken, in milliseconds; Linux counts it in hundredths of a second. */
  cpu(): number {
    const stat = readFileSync(`/proc/${this.child!.pid}/stat`, 'utf8');
    const [utime, stime] = stat
      .slice(stat.lastIndexOf(')'))
      .split(' ')
      .slice(12);
    return (Number(utime) + Number(stime)) * 10;
  }
}
