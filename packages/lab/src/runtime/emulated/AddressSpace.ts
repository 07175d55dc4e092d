import {
  MemoryArea,
  MemoryMarks,
  Page,
  PAGE_SIZE,
} from '../../criu-images/DumpSnapshot';

/**
 * The memory of one emulated process: areas, and in them real pages of 4 KiB that come into being when they are first written.
 * Whatever a program must remember lies here, so that a checkpoint finds it.
 */
export class AddressSpace {
  readonly #pages = new Map<number, Buffer>();

  constructor(
    readonly marks: MemoryMarks,
    readonly areas: MemoryArea[],
    pages: Page[] = [],
  ) {
    for (const [address, bytes] of pages) {
      this.#pages.set(address, bytes);
    }
  }

  read(address: number, length: number): Buffer {
    const result = Buffer.alloc(length);
    this.#forEachPiece(address, length, (page, offset, done, size) => {
      this.#pages.get(page)?.copy(result, done, offset, offset + size);
    });
    return result;
  }

  write(address: number, bytes: Buffer): void {
    this.#forEachPiece(address, bytes.length, (page, offset, done, size) => {
      let target = this.#pages.get(page);
      if (!target) {
        this.#assertMapped(page);
        target = Buffer.alloc(PAGE_SIZE);
        this.#pages.set(page, target);
      }
      bytes.copy(target, offset, done, done + size);
    });
  }

  readUInt32(address: number): number {
    return this.read(address, 4).readUInt32LE();
  }

  /** Up to 2^53. */
  readUInt64(address: number): number {
    return Number(this.read(address, 8).readBigUInt64LE());
  }

  writeUInt64(address: number, value: number): void {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    this.write(address, bytes);
  }

  /** The text up to the next zero byte. */
  readString(address: number, maxLength: number): string {
    const bytes = this.read(address, maxLength);
    const end = bytes.indexOf(0);
    return bytes.toString('utf8', 0, end < 0 ? maxLength : end);
  }

  /** brk(2): moves the end of the heap. What lies behind a lowered end is gone. */
  setBreak(address: number): void {
    const heap = this.areas.find(area => area.kind === 'heap');
    if (!heap) {
      throw new Error('The process has no heap');
    }
    const end = Math.ceil(address / PAGE_SIZE) * PAGE_SIZE;
    for (let page = end; page < heap.end; page += PAGE_SIZE) {
      this.#pages.delete(page);
    }
    heap.end = end;
    this.marks.brk = end;
  }

  /** The pages that were ever written, by rising address; not copies. */
  pages(): Page[] {
    return [...this.#pages].sort(([a], [b]) => a - b);
  }

  #assertMapped(page: number): void {
    if (!this.areas.some(area => page >= area.start && page < area.end)) {
      throw new Error(`Segmentation fault at 0x${page.toString(16)}`);
    }
  }

  #forEachPiece(
    address: number,
    length: number,
    visit: (page: number, offset: number, done: number, size: number) => void,
  ): void {
    for (let done = 0; done < length; ) {
      const offset = (address + done) % PAGE_SIZE;
      const size = Math.min(PAGE_SIZE - offset, length - done);
      visit(address + done - offset, offset, done, size);
      done += size;
    }
  }
}
