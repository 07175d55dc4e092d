import { ArchiveError } from './ArchiveError';
import {
  contentBytesOf,
  isEndMark,
  isExtension,
  MAX_EXTENSION_BYTES,
  padToBlock,
  parseExtension,
  TarEntry,
  TarExtension,
  toEntry,
} from './indexTar';
import { Limits } from './limits';
import { parseTarHeader, TAR_BLOCK_BYTES } from './tarHeader';

/** Bytes one after the other. */
export interface SequentialSource {
  isAtEnd(): Promise<boolean>;
  /** Throws if fewer are left. */
  read(bytes: number): Promise<Buffer>;
}

export interface StreamedEntry {
  /** Its `name` is empty for the archive's own folder, and not looked at: see {@link isUnsafePath}. `offset` means nothing. */
  entry: TarEntry;
  /** The header as it stands in the archive, with those that belong to it. */
  header: Buffer;
  /** To be read before the next entry is asked for; what is not read is jumped over. */
  content: AsyncIterable<Buffer>;
}

const PIECE_BYTES = 256 * 1024;

/**
 * The entries of a tar archive that is read once, from start to end.
 *
 * @throws {@link ArchiveError} for a damaged header, more than the limits allow, or an archive that does not end as one
 */
export async function* streamTar(
  name: string,
  source: SequentialSource,
  limits: Pick<Limits, 'entries' | 'nameBytes'>,
): AsyncGenerator<StreamedEntry> {
  let extension: TarExtension = {};
  let header: Buffer[] = [];
  let entries = 0;
  let position = 0;
  const read = async (bytes: number) => {
    position += bytes;
    return source.read(bytes);
  };
  while (!(await source.isAtEnd())) {
    const block = await read(TAR_BLOCK_BYTES);
    if (isEndMark(block)) {
      // To the end: only there a stream tells that its content was not what it should be.
      while (!(await source.isAtEnd())) await read(TAR_BLOCK_BYTES);
      return;
    }
    const offset = position - TAR_BLOCK_BYTES;
    const parsed = parseTarHeader(block, name, offset);
    header.push(block);
    if (isExtension(parsed)) {
      const bytes = header.reduce((sum, { length }) => sum + length, 0);
      if (parsed.size + bytes > MAX_EXTENSION_BYTES) {
        throw new ArchiveError(name, 'extended tar header too long', offset);
      }
      const data = await read(padToBlock(parsed.size));
      header.push(data);
      const own = parseExtension(parsed, data.subarray(0, parsed.size));
      extension = { ...extension, ...own };
      continue;
    }
    const entry = toEntry(parsed, extension, position);
    entries += 1;
    if (entries > limits.entries) {
      throw new ArchiveError(name, `holds more than ${limits.entries} entries`);
    }
    if (Buffer.byteLength(entry.name) > limits.nameBytes) {
      throw new ArchiveError(
        name,
        `holds a path of more than ${limits.nameBytes} bytes`,
        offset,
      );
    }
    const content = readContent(contentBytesOf(entry), read);
    yield { entry, header: Buffer.concat(header), content };
    for await (const _ of content) {
      // What nobody wanted.
    }
    extension = {};
    header = [];
  }
  throw new ArchiveError(name, 'ends before its end', position);
}

async function* readContent(
  bytes: number,
  read: (bytes: number) => Promise<Buffer>,
): AsyncGenerator<Buffer> {
  let left = bytes;
  try {
    while (left > 0) {
      const piece = await read(Math.min(left, PIECE_BYTES));
      left -= piece.length;
      yield piece;
    }
  } finally {
    for (let rest = left + padToBlock(bytes) - bytes; rest > 0; ) {
      rest -= (await read(Math.min(rest, PIECE_BYTES))).length;
    }
  }
}
