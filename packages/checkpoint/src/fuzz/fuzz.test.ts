import { gunzipSync, gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ArchiveError, Checkpoint, examine } from '..';
import {
  FixtureName,
  fixturePath,
  makeTar,
  openBytes,
  TarFile,
  unpackFixture,
  workedMs,
} from '../__testUtils__';

/*
 * Damaged archives end in an ArchiveError or in a report, whatever the damage: never in another error, never in a hang.
 * The same cases each time, so that only a change can break them; `npm run fuzz` runs more, and others.
 */

const FIXTURES: FixtureName[] = [
  'a-counter',
  'g-podman-counter',
  'h-containerd-counter',
];

const { FUZZ_CASES } = process.env;
const CASES = Number(FUZZ_CASES ?? 10_500);

/** An archive as the archives of a hostile node may be. One case may take this long. */
const MAX_CASE_MS = 5_000;

interface Damage {
  /** Where, from 0 (start) to 1 (end). */
  place: number;
  kind: 'flip' | 'overwrite' | 'cut' | 'insert' | 'repeat' | 'length';
  bytes: Uint8Array;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom(
    'flip',
    'overwrite',
    'cut',
    'insert',
    'repeat',
    'length',
  ),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
});

function apply(content: Buffer, { place, kind, bytes }: Damage): Buffer {
  const at = Math.floor(place * content.length);
  const [front, back] = [content.subarray(0, at), content.subarray(at)];
  switch (kind) {
    case 'flip': {
      const copy = Buffer.from(content);
      if (at < copy.length) {
        copy[at] ^= bytes[0] || 1;
      }
      return copy;
    }
    case 'overwrite':
      return Buffer.concat([front, bytes, back.subarray(bytes.length)]);
    case 'cut':
      return front;
    case 'insert':
      return Buffer.concat([front, bytes, back]);
    case 'repeat':
      return Buffer.concat([front, back.subarray(0, 64), back]);
    default: {
      const copy = Buffer.from(content);
      if (copy.length >= 12) {
        copy.writeUInt32LE(0xfffffff0, Math.min(at, copy.length - 4));
      }
      return copy;
    }
  }
}

/** Throws whatever must not come of a damaged archive. */
async function examineBytes(bytes: Buffer): Promise<void> {
  const started = workedMs();
  try {
    const archive = await openBytes(bytes, {
      limits: { unpackedBytes: 16 * 1024 * 1024 },
    });
    try {
      await examine(new Checkpoint(archive), { memory: false });
    } finally {
      archive.close();
    }
  } catch (error) {
    if (!(error instanceof ArchiveError)) {
      throw error;
    }
  }
  const took = workedMs() - started;
  if (took > MAX_CASE_MS) throw new Error(`took ${took} ms`);
}

/** Without the two empty blocks that end an archive. */
async function packOne({ name, type, content = '' }: TarFile) {
  const size = Buffer.byteLength(content);
  const piece = await makeTar([{ name, type, content, size }]);
  return piece.subarray(0, -1024);
}

/** To shrink a case that takes long takes for ever; the seed and path that a failure prints are enough to run it again. */
const options = {
  numRuns: Math.ceil(CASES / (FIXTURES.length * 3)),
  endOnFailure: true,
  ...(FUZZ_CASES ? {} : { seed: 1 }),
};

describe.each(FIXTURES)('a damaged %s', name => {
  let files: TarFile[];
  /** Each file as a piece of a tar archive. */
  let pieces: Buffer[];
  const tar = gunzipSync(readFileSync(fixturePath(`${name}.tar.gz`)));

  beforeAll(async () => {
    files = [...(await unpackFixture(name)).values()];
    pieces = await Promise.all(files.map(packOne));
  });

  it('inside its files', async () => {
    const run = fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        async (number, damages) => {
          // Memory pages are mere data: the other files are what a reader believes.
          const targets = files.filter(
            f => f.type === 'file' && !/pages-\d+\.img$/.test(f.name),
          );
          const target = targets[number % targets.length];
          const content = damages.reduce(apply, target.content as Buffer);
          const changed = await packOne({ ...target, content });
          await examineBytes(
            Buffer.concat(
              pieces.map((p, i) => (files[i] === target ? changed : p)),
            ),
          );
        },
      ),
      options,
    );
    await expect(run).resolves.toBeUndefined();
  }, 3_600_000);

  it('in the tar itself', async () => {
    const run = fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 6 }),
        async damages => {
          await examineBytes(damages.reduce(apply, tar));
        },
      ),
      options,
    );
    await expect(run).resolves.toBeUndefined();
  }, 3_600_000);

  it('in its compression', async () => {
    const packed = gzipSync(tar, { level: 1 });
    const run = fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async damages => {
          await examineBytes(damages.reduce(apply, packed));
        },
      ),
      options,
    );
    await expect(run).resolves.toBeUndefined();
  }, 3_600_000);
});

describe('a damaged zstd archive', () => {
  it('in its compression', async () => {
    const packed = readFileSync(fixturePath('g-podman-counter.tar.zst'));
    const run = fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async damages => {
          await examineBytes(damages.reduce(apply, packed));
        },
      ),
      options,
    );
    await expect(run).resolves.toBeUndefined();
  }, 3_600_000);
});
