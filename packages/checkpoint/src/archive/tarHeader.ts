import { ArchiveError } from './ArchiveError';

export const TAR_BLOCK_BYTES = 512;

export type TarEntryType =
  | 'file'
  | 'hardlink'
  | 'symlink'
  | 'device'
  | 'directory'
  | 'fifo'
  | 'other';

/** One header block as it stands; extended headers are not applied yet. */
export interface TarHeader {
  /** The type flag, for example `0` for a file, `x` for a pax header. */
  flag: string;
  name: string;
  mode: number;
  uid: number;
  gid: number;
  size: number;
  /** Seconds since 1970. */
  modified: number;
  link: string;
}

const entryTypes: Record<string, TarEntryType> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
};

export function toEntryType(flag: string): TarEntryType {
  return entryTypes[flag] ?? 'other';
}

/** Parsed here and not by a library: libraries read tars as a stream, and forget at which byte they were. */
export function parseTarHeader(
  block: Buffer,
  file: string,
  offset: number,
): TarHeader {
  if (!hasValidChecksum(block)) {
    throw new ArchiveError(
      file,
      offset === 0 ? 'not a tar archive' : 'damaged tar header',
      offset,
    );
  }
  const number = (start: number, length: number, field: string) => {
    const value = parseNumber(block.subarray(start, start + length));
    if (value === undefined) {
      throw new ArchiveError(
        file,
        `tar header with an invalid ${field}`,
        offset,
      );
    }
    return value;
  };
  // POSIX: `prefix` holds the front of a long path. GNU's own format ("ustar  ") uses these bytes for times.
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? parseText(block.subarray(345, 500)) : '';
  const name = parseText(block.subarray(0, 100));
  return {
    flag: String.fromCharCode(block[156]),
    name: prefix ? `${prefix}/${name}` : name,
    mode: number(100, 8, 'mode') % 0o10000,
    uid: number(108, 8, 'uid'),
    gid: number(116, 8, 'gid'),
    size: number(124, 12, 'size'),
    modified: number(136, 12, 'time'),
    link: parseText(block.subarray(157, 257)),
  };
}

/** The records of a pax header: `<length> <key>=<value>\n`, the length counting itself. */
export function parsePaxRecords(data: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let position = 0;
  while (position < data.length) {
    const space = data.indexOf(0x20, position);
    const length = Number(data.toString('latin1', position, space));
    if (space < 0 || !Number.isInteger(length) || length <= space - position) {
      break;
    }
    const record = data.toString('utf8', space + 1, position + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) {
      records.set(record.slice(0, equals), record.slice(equals + 1));
    }
    position += length;
  }
  return records;
}

/** Text up to the first NUL. */
export function parseText(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal digits, or base 256 where the first bit is set (GNU, for values too large). */
function parseNumber(field: Buffer): number | undefined {
  if (field[0] >= 0x80) {
    // 0xff starts a negative number: allowed for times only, which are clamped to 1970.
    if (field[0] === 0xff) {
      return 0;
    }
    let value = field[0] % 0x80;
    for (const byte of field.subarray(1)) {
      value = value * 256 + byte;
    }
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = parseText(field).trim();
  if (digits === '') {
    return 0;
  }
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : undefined;
}

function hasValidChecksum(block: Buffer): boolean {
  const stored = parseNumber(block.subarray(148, 156));
  let sum = 8 * 0x20;
  for (let i = 0; i < TAR_BLOCK_BYTES; i++) {
    sum += i >= 148 && i < 156 ? 0 : block[i];
  }
  return sum === stored;
}
