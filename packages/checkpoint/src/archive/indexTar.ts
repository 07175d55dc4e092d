import { ArchiveError } from './ArchiveError';
import { ByteSource } from './ByteSource';
import { Limits } from './limits';
import {
  parsePaxRecords,
  parseTarHeader,
  parseText,
  TAR_BLOCK_BYTES,
  TarEntryType,
  TarHeader,
  toEntryType,
} from './tarHeader';

export interface TarEntry {
  /** Without a leading `./` or `/` and a trailing `/`. */
  name: string;
  type: TarEntryType;
  mode: number;
  uid: number;
  gid: number;
  /** Bytes of the content that are there; fewer than the header says where the archive ends early. */
  size: number;
  /** Seconds since 1970. */
  modified: number;
  link: string;
  /** Where the content begins. */
  offset: number;
}

export interface TarIndex {
  entries: TarEntry[];
  warnings: string[];
}

/** Names and records that stand before an entry and belong to it. */
export interface TarExtension {
  name?: string;
  link?: string;
  size?: number;
  uid?: number;
  gid?: number;
  modified?: number;
}

/** A pax header or a GNU long name; longer ones are not read. */
export const MAX_EXTENSION_BYTES = 1024 * 1024;

/** A long name, a long link and a pax header may stand before an entry's own. */
const MAX_HEADERS_AN_ENTRY = 4;

/**
 * Lists what a tar archive holds, in one pass over its headers; contents are jumped over.
 *
 * @throws {@link ArchiveError} for a damaged header, or more than the limits allow
 */
export function indexTar(source: ByteSource, limits: Limits): TarIndex {
  const entries: TarEntry[] = [];
  const warnings: string[] = [];
  let extension: TarExtension = {};
  let offset = 0;
  let headers = 0;

  while (offset + TAR_BLOCK_BYTES <= source.size) {
    const block = source.readAt(offset, TAR_BLOCK_BYTES);
    if (isEndMark(block)) {
      break;
    }
    headers += 1;
    if (headers > limits.entries * MAX_HEADERS_AN_ENTRY) {
      throw new ArchiveError(
        source.name,
        `holds more than ${limits.entries} entries`,
        offset,
      );
    }
    const header = parseTarHeader(block, source.name, offset);
    const contentOffset = offset + TAR_BLOCK_BYTES;
    if (isExtension(header)) {
      if (header.size > MAX_EXTENSION_BYTES) {
        throw new ArchiveError(
          source.name,
          `extended tar header of ${header.size} bytes`,
          contentOffset,
        );
      }
      const data = source.readAt(contentOffset, header.size);
      extension = { ...extension, ...parseExtension(header, data) };
      offset = contentOffset + padToBlock(header.size);
      continue;
    }
    const entry = toEntry(header, extension, contentOffset);
    extension = {};
    const contentBytes = contentBytesOf(entry);
    offset = contentOffset + padToBlock(contentBytes);

    if (Buffer.byteLength(entry.name) > limits.nameBytes) {
      throw new ArchiveError(
        source.name,
        `holds a path of more than ${limits.nameBytes} bytes`,
        contentOffset - TAR_BLOCK_BYTES,
      );
    }
    if (entries.length >= limits.entries) {
      throw new ArchiveError(
        source.name,
        `holds more than ${limits.entries} entries`,
        contentOffset - TAR_BLOCK_BYTES,
      );
    }
    if (entry.name === '' || entry.name === '.') {
      continue;
    }
    if (isUnsafePath(entry.name)) {
      warnings.push(`${source.name}: left out the unsafe path "${entry.name}"`);
      continue;
    }
    if (contentOffset + contentBytes > source.size) {
      entry.size = Math.max(0, source.size - contentOffset);
      warnings.push(
        `${source.name}: ends inside "${entry.name}" (at byte ${source.size})`,
      );
    }
    entries.push(entry);
  }
  if (offset === 0) {
    throw new ArchiveError(source.name, 'holds no tar archive', 0);
  }
  return { entries, warnings };
}

/** Whether a block is one of those that end an archive. */
export function isEndMark(block: Buffer): boolean {
  return block[0] === 0 && block.every(byte => byte === 0);
}

/** With the padding that follows every content. */
export function padToBlock(bytes: number): number {
  return Math.ceil(bytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
}

/** Whether a header is no entry itself, but says something of one. */
export function isExtension({ flag }: TarHeader): boolean {
  // x, g: pax (of the next entry, of all entries); L, K: GNU long name and long link; X: Solaris' pax.
  return 'xgLKX'.includes(flag);
}

/** What a header for which {@link isExtension} holds says of the next entry; `data` is its content. */
export function parseExtension(header: TarHeader, data: Buffer): TarExtension {
  switch (header.flag) {
    case 'L':
      return { name: parseText(data) };
    case 'K':
      return { link: parseText(data) };
    case 'g':
      // Defaults for all entries: none that we read are ever set so.
      return {};
    default:
      return toExtension(parsePaxRecords(data));
  }
}

function toExtension(records: Map<string, string>): TarExtension {
  const extension: TarExtension = {};
  const name = records.get('path');
  const link = records.get('linkpath');
  if (name !== undefined) {
    extension.name = name;
  }
  if (link !== undefined) {
    extension.link = link;
  }
  for (const [key, field] of [
    ['size', 'size'],
    ['uid', 'uid'],
    ['gid', 'gid'],
    ['mtime', 'modified'],
  ] as const) {
    const value = Math.floor(Number(records.get(key)));
    if (Number.isSafeInteger(value) && value >= 0) {
      extension[field] = value;
    }
  }
  return extension;
}

/** An entry as its header and what stood before it say. */
export function toEntry(
  header: TarHeader,
  extension: TarExtension,
  offset: number,
): TarEntry {
  const { flag, ...own } = header;
  const name = extension.name ?? own.name;
  // Before POSIX a folder was a file whose name ends in a slash.
  const isOldDirectory = toEntryType(flag) === 'file' && name.endsWith('/');
  return {
    ...own,
    ...extension,
    name: name.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, ''),
    type: isOldDirectory ? 'directory' : toEntryType(flag),
    offset,
  };
}

/** Only files have content, whatever size a link's or folder's header tells. */
export function contentBytesOf({ type, size }: TarEntry): number {
  return type === 'file' || type === 'other' ? size : 0;
}

/** What a well-made archive never holds should not be believed. */
export function isUnsafePath(name: string): boolean {
  return name.includes('\0') || name.split('/').includes('..');
}
