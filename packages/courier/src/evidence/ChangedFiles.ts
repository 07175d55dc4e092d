import { Archive, Checkpoint, readRootfsChanges } from '@cubemig/checkpoint';
import { RootfsChange } from '@cubemig/plugin-cubemig-common';

/** What a container had changed in its files when it was checkpointed. */
export class ChangedFiles {
  private constructor(
    readonly changes: ReadonlyMap<string, RootfsChange>,
    private readonly contents: Archive | undefined,
  ) {}

  /** @param below - the absolute path of a folder, or of the one file that is wanted */
  static async open(
    { archive, warnings }: Checkpoint,
    below: string,
  ): Promise<ChangedFiles> {
    const folder = below.replace(/\/+$/, '');
    const found = await readRootfsChanges(archive, { hashes: true }, warnings);
    const wanted = (found?.changes ?? []).filter(
      ({ path }) => path === folder || path.startsWith(`${folder}/`),
    );
    return new ChangedFiles(
      new Map(wanted.map(change => [change.path, change])),
      archive.has('rootfs-diff.tar')
        ? await archive.openInner('rootfs-diff.tar')
        : undefined,
    );
  }

  /** A file's content as it was changed to, up to `maxBytes`; undefined for what is no file. */
  read(path: string, maxBytes: number): Buffer | undefined {
    const entry = this.contents?.find(path.slice(1));
    if (!this.contents || entry?.type !== 'file') return undefined;
    const content = this.contents.entryContent(entry);
    return Buffer.from(content.readAt(0, Math.min(entry.size, maxBytes)));
  }

  close(): void {
    this.contents?.close();
  }
}
