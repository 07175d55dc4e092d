import { Worker } from 'node:worker_threads';
import { Packer } from './compression';
import { PART_BYTES, ROOM_BYTES } from './PartPool';
import { zstdLibrary } from './zstdLibrary';

interface Job {
  part: Buffer;
  room: Buffer;
  resolve: (packed: Buffer) => void;
  reject: (error: Error) => void;
}

interface Lane {
  worker: Worker;
  /** Shared with the worker, both: a copy for each part would be garbage for each part. */
  inbox: Buffer;
  outbox: Buffer;
  job?: Job;
}

/** It asks the library's own functions, with memory that is asked for once. Its convenient one leaves a part's worth of garbage a part. */
const program = (level: number) => `
${zstdLibrary()}
const { parentPort, workerData } = require('node:worker_threads');
const inbox = new Uint8Array(workerData.inbox);
const outbox = new Uint8Array(workerData.outbox);
const { Module } = zstd;
const isReady = zstd.init().then(() => ({
  from: Module._malloc(inbox.length),
  to: Module._malloc(outbox.length),
}));
parentPort.on('message', async length => {
  const { from, to } = await isReady;
  Module.HEAPU8.set(inbox.subarray(0, length), from);
  const size = Module._ZSTD_compress(to, outbox.length, from, length, ${level});
  if (size < 0 || size > outbox.length) throw new Error('zstd: ' + size);
  outbox.set(Module.HEAPU8.subarray(to, to + size));
  parentPort.postMessage(size);
});
`;

/** Threads that do nothing else need little memory of their own, in MB. */
const resourceLimits = {
  maxYoungGenerationSizeMb: 1,
  maxOldGenerationSizeMb: 16,
};

/** zstd in WebAssembly, for Node before 22.15, whose zlib has none. In threads of its own: it would stop everything else meanwhile. */
export class WasmZstd implements Packer {
  private readonly team: Lane[];
  private readonly waiting: Job[] = [];

  constructor(readonly lanes: number, level: number) {
    this.team = Array.from({ length: lanes }, () => this.start(level));
  }

  async pack(part: Buffer, room: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ part, room, resolve, reject });
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
    const workerData = {
      inbox: new SharedArrayBuffer(PART_BYTES),
      outbox: new SharedArrayBuffer(ROOM_BYTES),
    };
    const worker = new Worker(program(level), {
      eval: true,
      workerData,
      resourceLimits,
    });
    const lane: Lane = {
      worker,
      inbox: Buffer.from(workerData.inbox),
      outbox: Buffer.from(workerData.outbox),
    };
    worker.on('message', (size: number) => {
      const { job } = lane;
      lane.job = undefined;
      if (job) {
        lane.outbox.copy(job.room, 0, 0, size);
        job.resolve(job.room.subarray(0, size));
      }
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
