import { Readable } from 'node:stream';
import { ArchiveError } from './ArchiveError';
import { ByteSource, FileSource, SliceSource } from './ByteSource';
import { Compression, sniffCompression } from './compression';
import { indexTar, TarEntry } from './indexTar';
import { defaultLimits, Limits } from './limits';
import { spoolStream, spoolUnpacked } from './spool';

export interface ArchiveOptions {
  limits?: Partial<Limits>;
  /** Where compressed archives are unpacked to while they are read; the system's folder for such by default. */
  temporaryDirectory?: string;
}

/**
 * A tar archive, open for reading at any place. Nothing of it is ever written to the file system by its own name.
 * Close it when done.
 */
export class Archive {
  /** What was strange about the archive but did not keep it from being read. */
  readonly warnings: string[];
  private readonly byName: Map<string, TarEntry>;

  private constructor(
    private readonly source: ByteSource,
    readonly entries: readonly TarEntry[],
    warnings: string[],
    /** Bytes as the archive lies on disk or came in. */
    readonly size: number,
    readonly compression: Compression,
    readonly limits: Limits,
    private readonly options: ArchiveOptions,
  ) {
    this.warnings = warnings;
    this.byName = new Map(entries.map(entry => [entry.name, entry]));
  }

  /**
   * Opens an archive by its path. A plain one is read where it lies; a compressed one is first unpacked to a temporary
   * file that has no name and takes no room in memory.
   *
   * @throws {@link ArchiveError}
   */
  static async open(path: string, options: ArchiveOptions = {}) {
    return Archive.fromSource(FileSource.open(path), options);
  }

  /**
   * Opens an archive that comes as a stream, by way of a temporary file. A stream that fails gives no archive: it may have failed because
   * its content was not what it should be.
   *
   * @throws {@link ArchiveError}
   */
  static async fromStream(
    name: string,
    stream: Readable | AsyncIterable<Buffer>,
    options: ArchiveOptions = {},
  ): Promise<Archive> {
    const { unpackedBytes } = { ...defaultLimits, ...options.limits };
    const { source, damage } = await spoolStream(name, stream, {
      maxBytes: unpackedBytes,
      directory: options.temporaryDirectory,
    });
    if (damage) {
      source.close();
      throw new ArchiveError(name, damage);
    }
    return Archive.fromSource(source, options);
  }

  /** Opens an archive from bytes at hand. The archive closes `source`. */
  static async fromSource(
    source: ByteSource,
    options: ArchiveOptions = {},
  ): Promise<Archive> {
    const limits = { ...defaultLimits, ...options.limits };
    const compression = sniffCompression(source.readAt(0, 4));
    let plain = source;
    const warnings: string[] = [];
    try {
      if (compression !== 'none') {
        const spooled = await spoolUnpacked(source, compression, {
          maxBytes: limits.unpackedBytes,
          directory: options.temporaryDirectory,
        });
        source.close();
        plain = spooled.source;
        if (spooled.damage) {
          warnings.push(`${source.name}: ${spooled.damage}`);
        }
      }
      const index = indexTar(plain, limits);
      warnings.push(...index.warnings);
      return new Archive(
        plain,
        index.entries,
        warnings,
        source.size,
        compression,
        limits,
        options,
      );
    } catch (error) {
      plain.close();
      source.close();
      throw error;
    }
  }

  /** The whole tar archive, unpacked. */
  get tar(): ByteSource {
    return this.source;
  }

  get name(): string {
    return this.source.name;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** The entry of that name; of several, the last, as when an archive is unpacked. */
  find(name: string): TarEntry | undefined {
    return this.byName.get(name);
  }

  /**
   * A regular file's content.
   *
   * @throws {@link ArchiveError} if it is missing, no regular file, or larger than `maxBytes`
   */
  read(name: string, maxBytes: number): Buffer {
    const entry = this.fileEntry(name);
    if (entry.size > maxBytes) {
      throw new ArchiveError(
        `${this.name}: ${name}`,
        `has ${entry.size} bytes, more than the limit of ${maxBytes}`,
        entry.offset,
      );
    }
    return Buffer.from(this.source.readAt(entry.offset, entry.size));
  }

  /** A regular file's content, to be read at any place. */
  content(name: string): ByteSource {
    return this.entryContent(this.fileEntry(name));
  }

  entryContent(entry: TarEntry): ByteSource {
    return new SliceSource(
      `${this.name}: ${entry.name}`,
      this.source,
      entry.offset,
      entry.size,
    );
  }

  /** A tar archive that lies inside this one, such as `rootfs-diff.tar`. Close it too. */
  async openInner(name: string): Promise<Archive> {
    return Archive.fromSource(this.content(name), {
      ...this.options,
      limits: this.limits,
    });
  }

  close(): void {
    this.source.close();
  }

  private fileEntry(name: string): TarEntry {
    const entry = this.byName.get(name);
    if (!entry) {
      throw new ArchiveError(this.name, `holds no ${name}`);
    }
    if (entry.type !== 'file') {
      throw new ArchiveError(
        `${this.name}: ${name}`,
        `is a ${entry.type}, not a regular file`,
        entry.offset,
      );
    }
    return entry;
  }
}
