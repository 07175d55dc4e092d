import { Archive, ByteSource } from '../archive';
import { CriuImages, toNumber } from '../criu';
import { Warnings } from '../report/Warnings';

/** Pages that lie one after the other, in memory and in the pages file. */
export interface MemoryRun {
  /** The first byte's address. */
  start: number;
  bytes: number;
  /** Where the first byte lies in the pages file. */
  offset: number;
}

// Flags of a pagemap entry (criu/include/image.h).
const IN_PARENT = 1;
const LAZY = 2;
const PRESENT = 4;

/** Page sizes of the architectures that CRIU runs on; arm64 and ppc64 have them all. */
const PAGE_SIZES = [4096, 16384, 65536];

/** A secret that is cut by the end of what is shown is found if no more than this of it is cut off. */
const REDACTION_MARGIN_BYTES = 4096;

/** A process's memory, as far as it lies in the checkpoint: pages that were never touched, or hold a file's content, do not. */
export class ProcessMemory {
  private constructor(
    /** By rising address. */
    readonly runs: readonly MemoryRun[],
    /** Bytes of memory that the map lists, those in a parent checkpoint included. */
    readonly size: number,
    private readonly pages: ByteSource,
  ) {}

  static open(
    archive: Archive,
    images: CriuImages,
    pid: number,
    warnings: Warnings,
  ): ProcessMemory | undefined {
    const pagemap = images.pagemap(pid);
    if (!pagemap) {
      return undefined;
    }
    const entries = pagemap.entries.map(entry => {
      const flags = entry.flags || (entry.inParent ? IN_PARENT : PRESENT);
      return {
        start: toNumber(entry.vaddr),
        pages: toNumber(entry.nrPages) || entry.compatNrPages,
        isPresent:
          (flags & PRESENT) !== 0 || (flags & (LAZY | IN_PARENT)) === 0,
      };
    });
    const file = images.pagesFile(pagemap.pagesId);
    const presentPages = sum(entries.map(e => (e.isPresent ? e.pages : 0)));
    if (!archive.has(file)) {
      warnings.add(
        `${archive.name}: holds no ${file}: the memory of process ${pid} is not there`,
      );
      return undefined;
    }
    const pages = archive.content(file);
    const pageSize =
      PAGE_SIZES.find(size => size * presentPages === pages.size) ??
      PAGE_SIZES[0];
    if (pages.size < presentPages * pageSize) {
      warnings.add(
        `${archive.name}: ${file}: has ${pages.size} bytes where the map of process ${pid} lists ${presentPages} pages`,
      );
    }

    const runs: MemoryRun[] = [];
    let offset = 0;
    for (const entry of entries) {
      const bytes = entry.pages * pageSize;
      if (entry.isPresent) {
        const available = Math.max(0, Math.min(bytes, pages.size - offset));
        addRun(runs, { start: entry.start, bytes: available, offset });
        offset += bytes;
      }
    }
    runs.sort((a, b) => a.start - b.start);
    const size = sum(entries.map(e => e.pages)) * pageSize;
    return new ProcessMemory(runs, size, pages);
  }

  /** The name of the file that holds the pages. */
  get file(): string {
    return this.pages.name;
  }

  /** The bytes from `start` up to `end`; what is not in the checkpoint is zero. */
  read(start: number, end: number): Buffer {
    const result = Buffer.alloc(end - start);
    for (let i = this.firstRunEndingAfter(start); i < this.runs.length; i++) {
      const run = this.runs[i];
      if (run.start >= end) {
        break;
      }
      const from = Math.max(start, run.start);
      const to = Math.min(end, run.start + run.bytes);
      this.pages
        .readAt(run.offset + from - run.start, to - from)
        .copy(result, from - start);
    }
    return result;
  }

  /** A part of a run. Good until the next call. */
  readRun(run: MemoryRun, position: number, length: number): Buffer {
    return this.pages.readAt(
      run.offset + position,
      Math.min(length, run.bytes - position),
    );
  }

  /** As {@link readRun}, a copy that went through `redact`, which sees what lies around it too. */
  readRedacted(
    run: MemoryRun,
    position: number,
    length: number,
    redact: (bytes: Buffer) => Buffer,
  ): Buffer {
    const from = Math.max(0, position - REDACTION_MARGIN_BYTES);
    const window = this.readRun(
      run,
      from,
      position - from + length + REDACTION_MARGIN_BYTES,
    );
    const start = position - from;
    const wanted = Math.min(length, run.bytes - position);
    return redact(Buffer.from(window)).subarray(start, start + wanted);
  }

  private firstRunEndingAfter(address: number): number {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const run = this.runs[middle];
      if (run.start + run.bytes > address) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

function addRun(runs: MemoryRun[], run: MemoryRun): void {
  const last = runs[runs.length - 1];
  const continues =
    last !== undefined &&
    last.start + last.bytes === run.start &&
    last.offset + last.bytes === run.offset;
  if (continues) {
    last.bytes += run.bytes;
  } else if (run.bytes > 0) {
    runs.push(run);
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
