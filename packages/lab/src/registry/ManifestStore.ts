import { createHash } from 'node:crypto';
import { existsSync, promises as fs } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { hexOf, isDigest } from './names';
import { RegistryError } from './RegistryError';

export interface StoredManifest {
  digest: string;
  mediaType: string;
  content: Buffer;
}

/** The names below a repository's folder; none of them can be part of a repository's name. */
const MANIFESTS = '_manifests';
const TAGS = '_tags';

/** Manifests as they were pushed, byte for byte, and the tags that point to them. */
export class ManifestStore {
  private constructor(private readonly directory: string) {}

  static async open(stateDir: string): Promise<ManifestStore> {
    const directory = join(stateDir, 'repositories');
    await fs.mkdir(directory, { recursive: true });
    return new ManifestStore(directory);
  }

  async get(repository: string, reference: string): Promise<StoredManifest> {
    const digest = await this.#resolve(repository, reference);
    const file = digest && this.#manifest(repository, digest);
    if (!file || !existsSync(file)) {
      throw new RegistryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    }
    return {
      digest,
      mediaType: await fs.readFile(`${file}.type`, 'utf8'),
      content: await fs.readFile(file),
    };
  }

  /** Stores it under its digest, and as a tag if the reference is one. */
  async put(
    repository: string,
    reference: string,
    content: Buffer,
    mediaType: string,
  ): Promise<string> {
    const digest = `sha256:${createHash('sha256')
      .update(content)
      .digest('hex')}`;
    if (isDigest(reference) && reference !== digest) {
      throw new RegistryError(
        400,
        'DIGEST_INVALID',
        'provided digest did not match uploaded content',
      );
    }
    const file = this.#manifest(repository, digest);
    await writeWhole(`${file}.type`, mediaType);
    await writeWhole(file, content);
    if (!isDigest(reference)) {
      await writeWhole(this.#tag(repository, reference), digest);
    }
    return digest;
  }

  /** A digest takes the manifest and its tags away, a tag only itself. */
  async remove(repository: string, reference: string): Promise<void> {
    const { digest } = await this.get(repository, reference);
    if (!isDigest(reference)) {
      await fs.rm(this.#tag(repository, reference));
      return;
    }
    for (const tag of await this.tags(repository)) {
      if ((await this.#resolve(repository, tag)) === digest) {
        await fs.rm(this.#tag(repository, tag));
      }
    }
    const file = this.#manifest(repository, digest);
    await fs.rm(file);
    await fs.rm(`${file}.type`);
  }

  /** In lexical order. A repository without manifests does not exist. */
  async tags(repository: string): Promise<string[]> {
    const folder = join(this.directory, repository);
    if (!existsSync(join(folder, MANIFESTS))) {
      throw new RegistryError(
        404,
        'NAME_UNKNOWN',
        'repository name not known to registry',
      );
    }
    return (await listFolder(join(folder, TAGS))).sort();
  }

  async manifests(repository: string): Promise<StoredManifest[]> {
    const names = await listFolder(join(this.directory, repository, MANIFESTS));
    return Promise.all(
      names
        .filter(name => !name.includes('.'))
        .map(name => this.get(repository, `sha256:${name}`)),
    );
  }

  async repositories(): Promise<string[]> {
    const found: string[] = [];
    const visit = async (folder: string): Promise<void> => {
      for (const name of await listFolder(folder)) {
        if (name === MANIFESTS) {
          found.push(relative(this.directory, folder));
        } else if (name !== TAGS) {
          await visit(join(folder, name));
        }
      }
    };
    await visit(this.directory);
    return found.sort();
  }

  async #resolve(
    repository: string,
    reference: string,
  ): Promise<string | undefined> {
    if (isDigest(reference)) {
      return reference;
    }
    const tag = this.#tag(repository, reference);
    return existsSync(tag) ? fs.readFile(tag, 'utf8') : undefined;
  }

  #manifest(repository: string, digest: string): string {
    return join(this.directory, repository, MANIFESTS, hexOf(digest));
  }

  #tag(repository: string, tag: string): string {
    return join(this.directory, repository, TAGS, tag);
  }
}

let writes = 0;

/** A reader sees the old content or the new one, never a part of it. */
async function writeWhole(
  file: string,
  content: Buffer | string,
): Promise<void> {
  await fs.mkdir(dirname(file), { recursive: true });
  writes += 1;
  const partial = join(dirname(file), `.partial-${writes}`);
  await fs.writeFile(partial, content);
  await fs.rename(partial, file);
}

async function listFolder(folder: string): Promise<string[]> {
  const names = existsSync(folder) ? await fs.readdir(folder) : [];
  return names.filter(name => !name.startsWith('.partial-'));
}
