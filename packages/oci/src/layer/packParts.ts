import { performance } from 'node:perf_hooks';
import { Packer } from './compression';
import { Pace } from './Pace';
import { PartPool } from './PartPool';
import { storeFrame } from './storedFrame';

export interface Packing {
  packer: Packer;
  pool: PartPool;
  /** With a pace, what packing would slow down is stored as it is, in a frame of zstd. */
  pace?: Pace;
}

/** Packs parts on all lanes and gives them in order. */
export async function* packParts(
  parts: AsyncIterable<Buffer>,
  packing: Packing,
): AsyncGenerator<Buffer> {
  const { packer, pace } = packing;
  const inWork: Promise<Buffer>[] = [];
  const send = async function* send(packed: Buffer) {
    const start = performance.now();
    yield packed;
    pace?.noteSent(packed.length, performance.now() - start);
  };
  for await (const part of parts) {
    const packed = packOne(part, packing);
    // Whoever waits for it sees the failure; until then it must not count as one that nobody handles.
    packed.catch(() => undefined);
    inWork.push(packed);
    if (inWork.length > packer.lanes) yield* send(await inWork.shift()!);
  }
  for (const packed of inWork) yield* send(await packed);
}

async function packOne(
  part: Buffer,
  { packer, pool, pace }: Packing,
): Promise<Buffer> {
  const room = pool.take();
  try {
    if (pace && !pace.shouldPack) {
      return storeFrame(part, room);
    }
    const start = performance.now();
    const packed = await packer.pack(part, room);
    pace?.notePacked(part.length, packed.length, performance.now() - start);
    return packed;
  } finally {
    pool.give(part);
  }
}
