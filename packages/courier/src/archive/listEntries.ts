import { FileHandle } from 'node:fs/promises';

/** A file in a tar archive: where its content lies. */
export interface ArchiveEntry {
  name: string;
  /** Of its content in the archive, in bytes. */
  offset: number;
  size: number;
}

const BLOCK = 512;
const MAX_ENTRIES = 100_000;
/** A longer extended header than this is nothing that a runtime writes. */
const MAX_EXTENDED_HEADER = 64 * 1024;

/**
 * Walks a tar archive from header to header without reading the contents between, which are the container's memory and may be many GiB.
 * Throws on anything that is not a sound archive: it is hostile input.
 */
export async function* listEntries(
  file: FileHandle,
): AsyncGenerator<ArchiveEntry> {
  const { size: archiveSize } = await file.stat();
  const header = Buffer.alloc(BLOCK);
  let override: { name?: string; size?: number } = {};
  let position = 0;
  for (let count = 0; position + BLOCK <= archiveSize; count++) {
    await file.read(header, 0, BLOCK, position);
    if (header.every(byte => byte === 0)) {
      return;
    }
    if (count >= MAX_ENTRIES) {
      throw new Error('The checkpoint archive has too many entries');
    }
    assertChecksum(header);
    const type = String.fromCharCode(header[156]);
    const size =
      type === 'x' || type === 'L'
        ? readNumber(header, 124, 12)
        : override.size ?? readNumber(header, 124, 12);
    const offset = position + BLOCK;
    if (offset + size > archiveSize) {
      throw new Error('The checkpoint archive is cut short');
    }
    position = offset + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'x' || type === 'L') {
      const text = await readText(file, { offset, size });
      override =
        type === 'L'
          ? { ...override, name: text.replace(/\0.*$/s, '') }
          : { ...override, ...readExtendedHeader(text) };
    } else {
      const name = override.name ?? readName(header);
      override = {};
      if (type === '0' || type === '\0') {
        yield { name: name.replace(/^\.\//, ''), offset, size };
      }
    }
  }
}

async function readText(
  file: FileHandle,
  { offset, size }: { offset: number; size: number },
): Promise<string> {
  if (size > MAX_EXTENDED_HEADER) {
    throw new Error('The checkpoint archive has an oversized header');
  }
  const content = Buffer.alloc(size);
  await file.read(content, 0, size, offset);
  return content.toString('utf8');
}

function assertChecksum(header: Buffer): void {
  let sum = 8 * 0x20; // The checksum's own field counts as spaces.
  header.forEach((byte, index) => {
    if (index < 148 || index >= 156) sum += byte;
  });
  if (sum !== readNumber(header, 148, 8)) {
    throw new Error('The checkpoint archive is not a sound tar archive');
  }
}

/** Octal digits, or, for sizes above 8 GiB, GNU's binary form that a first bit set announces. */
function readNumber(header: Buffer, start: number, length: number): number {
  const field = header.subarray(start, start + length);
  if (field[0] === 0x80) {
    const value = field
      .subarray(1)
      .reduce((total, byte) => total * 256 + byte, 0);
    return safe(value);
  }
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim();
  return safe(/^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN);
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new Error('The checkpoint archive is not a sound tar archive');
  }
  return value;
}

function readName(header: Buffer): string {
  const text = (start: number, length: number) =>
    header.toString('utf8', start, start + length).replace(/\0.*$/s, '');
  const isUstar = header.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? text(345, 155) : '';
  return prefix ? `${prefix}/${text(0, 100)}` : text(0, 100);
}

/** PAX records, `<length> <key>=<value>\n`: Go's tar writes them for sizes above 8 GiB and for long names. */
function readExtendedHeader(text: string): { name?: string; size?: number } {
  const size = /^\d+ size=(\d+)$/m.exec(text)?.[1];
  const name = /^\d+ path=(.*)$/m.exec(text)?.[1];
  return {
    ...(size !== undefined ? { size: safe(Number(size)) } : {}),
    ...(name !== undefined ? { name } : {}),
  };
}
