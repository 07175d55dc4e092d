import { ProcessMemory } from './ProcessMemory';

const ROW_BYTES = 16;
const CHUNK_BYTES = 1024 * 1024;

export const HEXDUMP_HEADER = [
  'Address           Hexadecimal                                       ASCII            ',
  '-------------------------------------------------------------------------------------',
];

export interface HexdumpOptions {
  /** Show rows that repeat the one above as a single `*`. */
  compact: boolean;
  /** Changes bytes before they are shown; see `SecretMask.bytes`. */
  redact?: (chunk: Buffer) => Buffer;
  /** Told how many bytes were dumped so far. */
  onProgress?: (bytes: number) => void;
}

class RowWriter {
  private previous = Buffer.alloc(0);
  private isRepeating = false;

  constructor(private readonly compact: boolean) {}

  write(address: number, row: Buffer): string {
    if (this.compact && this.previous.equals(row)) {
      const mark = this.isRepeating ? '' : '*\n';
      this.isRepeating = true;
      return mark;
    }
    this.isRepeating = false;
    this.previous = Buffer.from(row);
    const hex = row.toString('hex').replace(/../g, '$& ');
    const ascii = row.toString('latin1').replace(/[^ -~]/g, '.');
    return `${formatAddress(address)}  ${hex} |${ascii}|\n`;
  }
}

/** A process's memory as lines of address, hexadecimal and ASCII, many lines (with their line ends) at a time. */
export async function* hexdump(
  memory: ProcessMemory,
  options: HexdumpOptions,
): AsyncGenerator<string> {
  let dumped = 0;
  for (const run of memory.runs) {
    const rows = new RowWriter(options.compact);
    for (let start = 0; start < run.bytes; start += CHUNK_BYTES) {
      const chunk = options.redact
        ? memory.readRedacted(run, start, CHUNK_BYTES, options.redact)
        : memory.readRun(run, start, CHUNK_BYTES);
      let text = '';
      for (let i = 0; i < chunk.length; i += ROW_BYTES) {
        text += rows.write(
          run.start + start + i,
          chunk.subarray(i, i + ROW_BYTES),
        );
      }
      yield text;
      dumped += chunk.length;
      options.onProgress?.(dumped);
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}

/** 16 hexadecimal digits. */
export function formatAddress(address: number): string {
  return address.toString(16).padStart(16, '0');
}
