import { Worker } from 'node:worker_threads';
import { Packer } from './compression';
import { zstdLibrary } from './zstdLibrary';

interface Job {
  part: Buffer;
  resolve: (packed: Buffer) => void;
  reject: (error: Error) => void;
}

const workerProgram = (level: number) => `
${zstdLibrary()}
const { parentPort } = require('node:worker_threads');
const isReady = zstd.init();
parentPort.on('message', async part => {
  await isReady;
  const packed = zstd.compress(part, ${level});
  parentPort.postMessage(packed, [packed.buffer]);
});
`;

/** zstd in WebAssembly, for Node before 22.15, whose zlib has none. In threads of its own: it would stop everything else meanwhile. */
export class WasmZstd implements Packer {
  private readonly workers: Worker[] = [];
  private readonly idle: Worker[] = [];
  private readonly waiting: Job[] = [];
  private readonly running = new Map<Worker, Job>();

  constructor(readonly lanes: number, private readonly level: number) {}

  async pack(part: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ part, resolve, reject });
      this.assign();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map(worker => worker.terminate()));
  }

  private assign(): void {
    if (this.idle.length === 0 && this.workers.length < this.lanes) {
      this.start();
    }
    while (this.idle.length > 0 && this.waiting.length > 0) {
      const worker = this.idle.pop()!;
      const job = this.waiting.shift()!;
      this.running.set(worker, job);
      worker.postMessage(job.part);
    }
  }

  private start(): void {
    const worker = new Worker(workerProgram(this.level), { eval: true });
    this.workers.push(worker);
    this.idle.push(worker);
    worker.on('message', (packed: Uint8Array) => {
      const job = this.running.get(worker);
      this.running.delete(worker);
      this.idle.push(worker);
      job?.resolve(
        Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength),
      );
      this.assign();
    });
    worker.on('error', error => this.fail(error));
    worker.on('exit', () => this.fail(new Error('zstd was stopped')));
  }

  private fail(error: Error): void {
    const jobs = [...this.running.values(), ...this.waiting.splice(0)];
    this.running.clear();
    for (const job of jobs) job.reject(error);
  }
}
