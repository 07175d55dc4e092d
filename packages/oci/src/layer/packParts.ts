import { performance } from 'node:perf_hooks';
import { Packer } from './compression';
import { Pace } from './Pace';
import { storeFrame } from './storedFrame';

/** Packs parts on all lanes and gives them in order. With a pace, what packing would slow down goes as it is. */
export async function* packParts(
  parts: AsyncIterable<Buffer>,
  packer: Packer,
  pace?: Pace,
): AsyncGenerator<Buffer> {
  const packOne = async (part: Buffer) => {
    if (pace && !pace.shouldPack) return storeFrame(part);
    const start = performance.now();
    const packed = await packer.pack(part);
    pace?.notePacked(part.length, packed.length, performance.now() - start);
    return packed;
  };
  const send = async function* send(packed: Buffer) {
    const start = performance.now();
    yield packed;
    pace?.noteSent(packed.length, performance.now() - start);
  };
  const inWork: Promise<Buffer>[] = [];
  for await (const part of parts) {
    const packed = packOne(part);
    // Whoever waits for it sees the failure; until then it must not count as one that nobody handles.
    packed.catch(() => undefined);
    inWork.push(packed);
    if (inWork.length > packer.lanes) yield* send(await inWork.shift()!);
  }
  for (const packed of inWork) yield* send(await packed);
}
