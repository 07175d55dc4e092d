import type { AddressSpace } from '../../runtime/emulated/AddressSpace';

const MAGIC = Buffer.from('KVARENA1');
const HEADER_BYTES = 16;
const RECORD_HEADER_BYTES = 12;
const LIVE = 0x4c495645;
const DEAD = 0x44454144;
const GROWTH_BYTES = 256 * 1024;
/** Below this much waste, compaction is not worth it. */
const MIN_WASTE_BYTES = 1024 * 1024;

interface Location {
  address: number;
  valueLength: number;
}

/**
 * Keys and values as records one after another in the heap: `LIVE` or `DEAD`, length of key, length of value, key, value. The index
 * beside it is no state of its own: it is made by reading the records.
 */
export class Arena {
  readonly #index = new Map<string, Location>();
  #wasteBytes = 0;

  private constructor(private readonly memory: AddressSpace) {}

  /** An empty arena at the start of the heap. */
  static create(memory: AddressSpace): Arena {
    memory.write(memory.marks.startBrk, MAGIC);
    const arena = new Arena(memory);
    arena.clear();
    return arena;
  }

  /** The arena that lies in the heap already, as after a restore. */
  static open(memory: AddressSpace): Arena {
    if (!memory.read(memory.marks.startBrk, MAGIC.length).equals(MAGIC)) {
      throw new Error('There is no arena in the heap');
    }
    const arena = new Arena(memory);
    arena.#scan();
    return arena;
  }

  get size(): number {
    return this.#index.size;
  }

  keys(): string[] {
    return [...this.#index.keys()];
  }

  has(key: string): boolean {
    return this.#index.has(key);
  }

  /** Keys are byte strings, one character a byte (latin1). */
  get(key: string): Buffer | undefined {
    const found = this.#index.get(key);
    return (
      found &&
      this.memory.read(
        found.address + RECORD_HEADER_BYTES + key.length,
        found.valueLength,
      )
    );
  }

  set(key: string, value: Buffer): void {
    const found = this.#index.get(key);
    if (found?.valueLength === value.length) {
      this.memory.write(
        found.address + RECORD_HEADER_BYTES + key.length,
        value,
      );
      return;
    }
    if (found) {
      this.delete(key);
    }
    this.#append(key, value);
    if (
      this.#wasteBytes > MIN_WASTE_BYTES &&
      this.#wasteBytes > this.#used / 2
    ) {
      this.#compact();
    }
  }

  delete(key: string): boolean {
    const found = this.#index.get(key);
    if (!found) {
      return false;
    }
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(DEAD);
    this.memory.write(found.address, mark);
    this.#wasteBytes += recordBytes(key.length, found.valueLength);
    return this.#index.delete(key);
  }

  clear(): void {
    this.#index.clear();
    this.#wasteBytes = 0;
    this.#used = HEADER_BYTES;
    this.memory.setBreak(this.memory.marks.startBrk + HEADER_BYTES);
  }

  get #used(): number {
    return this.memory.readUInt64(this.memory.marks.startBrk + MAGIC.length);
  }

  set #used(bytes: number) {
    this.memory.writeUInt64(this.memory.marks.startBrk + MAGIC.length, bytes);
  }

  #append(key: string, value: Buffer): void {
    const bytes = recordBytes(key.length, value.length);
    const used = this.#used;
    const address = this.memory.marks.startBrk + used;
    if (address + bytes > this.memory.marks.brk) {
      this.memory.setBreak(address + bytes + GROWTH_BYTES);
    }
    const header = Buffer.alloc(RECORD_HEADER_BYTES);
    header.writeUInt32LE(LIVE, 0);
    header.writeUInt32LE(key.length, 4);
    header.writeUInt32LE(value.length, 8);
    this.memory.write(
      address,
      Buffer.concat([header, Buffer.from(key, 'latin1'), value]),
    );
    this.#used = used + bytes;
    this.#index.set(key, { address, valueLength: value.length });
  }

  #compact(): void {
    const records = this.keys().map(key => [key, this.get(key)!] as const);
    this.clear();
    for (const [key, value] of records) {
      this.#append(key, value);
    }
  }

  #scan(): void {
    const { startBrk } = this.memory.marks;
    const end = startBrk + this.#used;
    for (let address = startBrk + HEADER_BYTES; address < end; ) {
      const header = this.memory.read(address, RECORD_HEADER_BYTES);
      const keyLength = header.readUInt32LE(4);
      const valueLength = header.readUInt32LE(8);
      const bytes = recordBytes(keyLength, valueLength);
      if (header.readUInt32LE(0) === LIVE) {
        const key = this.memory
          .read(address + RECORD_HEADER_BYTES, keyLength)
          .toString('latin1');
        this.#index.set(key, { address, valueLength });
      } else {
        this.#wasteBytes += bytes;
      }
      address += bytes;
    }
  }
}

/** Records begin on eight-byte borders. */
function recordBytes(keyLength: number, valueLength: number): number {
  return Math.ceil((RECORD_HEADER_BYTES + keyLength + valueLength) / 8) * 8;
}
