import { Worker } from 'node:worker_threads';
import { Packer } from './compression';
import { PART_BYTES } from './PartPool';
import { zstdLibrary } from './zstdLibrary';

interface Job {
  part: Buffer;
  resolve: (packed: Buffer) => void;
  reject: (error: Error) => void;
}

interface Lane {
  worker: Worker;
  /** Shared with the worker: a copy for each part would be garbage for each part. */
  inbox: Buffer;
  job?: Job;
}

const program = (level: number) => `
${zstdLibrary()}
const { parentPort, workerData } = require('node:worker_threads');
const inbox = new Uint8Array(workerData);
const isReady = zstd.init();
parentPort.on('message', async length => {
  await isReady;
  const packed = zstd.compress(inbox.subarray(0, length), ${level});
  parentPort.postMessage(packed, [packed.buffer]);
});
`;

/** zstd in WebAssembly, for Node before 22.15, whose zlib has none. In threads of its own: it would stop everything else meanwhile. */
export class WasmZstd implements Packer {
  private readonly team: Lane[];
  private readonly waiting: Job[] = [];

  constructor(readonly lanes: number, level: number) {
    this.team = Array.from({ length: lanes }, () => this.start(level));
  }

  async pack(part: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ part, resolve, reject });
      this.assign();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.team.map(({ worker }) => worker.terminate()));
  }

  private assign(): void {
    for (const lane of this.team) {
      if (!lane.job) {
        lane.job = this.waiting.shift();
        if (!lane.job) return;
        const { part } = lane.job;
        part.copy(lane.inbox);
        lane.worker.postMessage(part.length);
      }
    }
  }

  private start(level: number): Lane {
    const memory = new SharedArrayBuffer(PART_BYTES);
    const worker = new Worker(program(level), {
      eval: true,
      workerData: memory,
    });
    const lane: Lane = { worker, inbox: Buffer.from(memory) };
    worker.on('message', ({ buffer, byteOffset, byteLength }: Uint8Array) => {
      lane.job?.resolve(Buffer.from(buffer, byteOffset, byteLength));
      lane.job = undefined;
      this.assign();
    });
    worker.on('error', error => this.fail(error));
    worker.on('exit', () => this.fail(new Error('zstd was stopped')));
    return lane;
  }

  private fail(error: Error): void {
    const jobs = this.team.map(({ job }) => job);
    for (const job of [...jobs, ...this.waiting.splice(0)]) job?.reject(error);
  }
}
