import { existsSync, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { hexOf } from './names';

/**
 * Blobs by digest, once for all repositories, and for each repository which of them belong to it: knowing a digest does not let one
 * read another repository's blob.
 */
export class BlobStore {
  private constructor(private readonly stateDir: string) {}

  static async open(stateDir: string): Promise<BlobStore> {
    await fs.mkdir(join(stateDir, 'blobs'), { recursive: true });
    return new BlobStore(stateDir);
  }

  /** The blob's file, if the repository has it. */
  find(repository: string, digest: string): string | undefined {
    return existsSync(this.#link(repository, digest))
      ? this.#blob(digest)
      : undefined;
  }

  /** Takes over a complete file whose digest has been verified. */
  async add(repository: string, digest: string, file: string): Promise<void> {
    await fs.rename(file, this.#blob(digest));
    await this.#addLink(repository, digest);
  }

  /** Makes another repository's blob this one's too; false if it is not there. */
  async mount(
    repository: string,
    digest: string,
    from: string,
  ): Promise<boolean> {
    if (!this.find(from, digest)) {
      return false;
    }
    await this.#addLink(repository, digest);
    return true;
  }

  /** Takes it from the repository, and from disk if it was the last one; false if it was not there. */
  async remove(repository: string, digest: string): Promise<boolean> {
    if (!this.find(repository, digest)) {
      return false;
    }
    await fs.rm(this.#link(repository, digest));
    const links = await fs.readdir(this.#links(digest));
    if (links.length === 0) {
      await fs.rm(this.#blob(digest), { force: true });
    }
    return true;
  }

  async #addLink(repository: string, digest: string): Promise<void> {
    await fs.mkdir(this.#links(digest), { recursive: true });
    await fs.writeFile(this.#link(repository, digest), '');
  }

  #blob(digest: string): string {
    return join(this.stateDir, 'blobs', hexOf(digest));
  }

  /** One empty file for each repository that has the blob. */
  #links(digest: string): string {
    return join(this.stateDir, 'links', hexOf(digest));
  }

  #link(repository: string, digest: string): string {
    return join(this.#links(digest), repository.replaceAll('/', '+'));
  }
}
