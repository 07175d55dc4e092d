import { randomUUID } from 'node:crypto';
import { createWriteStream, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Registry } from '../registry/startRegistry';
import { decompressLayer } from './decompressLayer';
import {
  ImageReference,
  parseImageReference,
  repositoryName,
} from './ImageReference';
import {
  DOCKER_INDEX,
  FetchedManifest,
  OCI_INDEX,
  RegistryAnswerError,
  RegistryClient,
} from './RegistryClient';
import { isCheckpointManifest, StoredImage } from './StoredImage';
import { unpackLayer } from './unpackLayer';

/** The name that manifests and pods use for the lab's registry, wherever it listens. */
export const REGISTRY_ALIAS = 'registry.lab';

/** A failed pull; its message is what CRI-O says. */
export class PullError extends Error {}

/** One node's images: pulled from the lab's registry, unpacked, found by name or ID. */
export class ImageStore {
  /** By manifest: images of one config can differ in their annotations. */
  readonly #images = new Map<string, StoredImage>();
  readonly #listeners = new Set<() => void>();
  readonly #pulls = new Map<string, Promise<StoredImage>>();

  private constructor(
    private readonly stateDir: string,
    /** Which registry stands behind a name, with the node's credentials for it; like CRI-O's registries.conf and the kubelet's config.json. */
    private readonly registries: Map<string, RegistryClient>,
  ) {}

  static async create(
    stateDir: string,
    registry: Registry,
  ): Promise<ImageStore> {
    await fs.rm(stateDir, { recursive: true, force: true });
    await fs.mkdir(stateDir, { recursive: true });
    const client = new RegistryClient(registry);
    return new ImageStore(
      stateDir,
      new Map([
        [REGISTRY_ALIAS, client],
        [`${registry.host}:${registry.port}`, client],
      ]),
    );
  }

  list(): StoredImage[] {
    return [...this.#images.values()];
  }

  /** By its ID: the config's digest in hex. */
  findById(id: string): StoredImage | undefined {
    return this.list().find(image => image.id === id);
  }

  /** By a name it was pulled by. */
  find(reference: string): StoredImage | undefined {
    const name = normalize(reference);
    return this.list().find(image => image.names.includes(name));
  }

  /** Calls back after each image that came; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Pulls an image; the same image pulled twice at once is pulled once. */
  pull(reference: string): Promise<StoredImage> {
    const running = this.#pulls.get(reference);
    if (running) {
      return running;
    }
    const pull = this.#pull(reference).finally(() =>
      this.#pulls.delete(reference),
    );
    pull.then(
      () => this.#listeners.forEach(listener => listener()),
      () => {},
    );
    this.#pulls.set(reference, pull);
    return pull;
  }

  async #pull(text: string): Promise<StoredImage> {
    const reference = parseImageReference(text);
    if (!reference) {
      throw new PullError(
        `couldn't parse image name "${text}": invalid reference format`,
      );
    }
    const wanted = reference.digest ?? reference.tag ?? '';
    const name = repositoryName(reference);
    const client = this.registries.get(reference.host);
    if (!client) {
      throw pullError(
        text,
        `pinging container registry ${reference.host}: Get "https://${reference.host}/v2/": dial tcp: lookup ${reference.host}: no such host`,
      );
    }
    try {
      const manifest = await resolveIndex(
        client,
        reference.repository,
        await client.getManifest(reference.repository, wanted),
      );
      return await this.#store(client, reference, manifest);
    } catch (error) {
      if (error instanceof RegistryAnswerError) {
        throw pullError(
          text,
          `reading manifest ${wanted} in ${name}: ${error.message}`,
        );
      }
      throw pullError(text, describeFailure(reference.host, error));
    }
  }

  async #store(
    client: RegistryClient,
    reference: ImageReference,
    { content, mediaType, digest }: FetchedManifest,
  ): Promise<StoredImage> {
    const manifest = JSON.parse(content.toString());
    const id = String(manifest.config.digest).replace('sha256:', '');
    const repoDigest = `${repositoryName(reference)}@${digest}`;
    const names = [
      repoDigest,
      ...(reference.tag
        ? [`${repositoryName(reference)}:${reference.tag}`]
        : []),
    ];
    this.#takeNames(names, digest);
    const known = this.#images.get(digest);
    if (known) {
      known.names = [...new Set([...known.names, ...names])].sort(digestsFirst);
      return known;
    }

    const work = join(this.stateDir, `pull-${randomUUID()}`);
    await fs.mkdir(work);
    try {
      const config = await this.#downloadConfig(
        client,
        reference.repository,
        manifest.config.digest,
        work,
      );
      const isCheckpoint = isCheckpointManifest(mediaType, manifest);
      const target = join(this.stateDir, digest.replace('sha256:', ''));
      await fs.mkdir(join(work, 'rootfs'));
      for (const layer of manifest.layers) {
        const file = join(work, 'layer');
        await client.downloadBlob(reference.repository, layer.digest, file);
        const tar = await decompressLayer(file);
        if (isCheckpoint) {
          await pipeline(tar, createWriteStream(join(work, 'archive.tar')));
        } else {
          await unpackLayer(tar, join(work, 'rootfs'));
        }
        await fs.rm(file);
      }
      await fs.rename(work, target);
      const settings = config.config ?? {};
      const image: StoredImage = {
        id,
        repoDigest,
        names,
        mediaType,
        annotations: manifest.annotations ?? {},
        sizeBytes: [manifest.config, ...manifest.layers].reduce(
          (sum, { size }) => sum + size,
          0,
        ),
        rootfs: join(target, 'rootfs'),
        entrypoint: settings.Entrypoint ?? [],
        command: settings.Cmd ?? [],
        environment: settings.Env ?? [],
        workingDirectory: settings.WorkingDir ?? '',
        user: settings.User ?? '',
        ...(isCheckpoint
          ? { checkpointArchive: join(target, 'archive.tar') }
          : {}),
      };
      this.#images.set(digest, image);
      return image;
    } finally {
      await fs.rm(work, { recursive: true, force: true });
    }
  }

  async #downloadConfig(
    client: RegistryClient,
    repository: string,
    digest: string,
    work: string,
  ) {
    const file = join(work, 'config.json');
    await client.downloadBlob(repository, digest, file);
    const config = JSON.parse(await fs.readFile(file, 'utf8'));
    await fs.rm(file);
    return config;
  }

  /** A tag that was moved names the new image alone. */
  #takeNames(names: string[], manifestDigest: string): void {
    for (const [digest, image] of this.#images) {
      if (digest !== manifestDigest) {
        image.names = image.names.filter(name => !names.includes(name));
      }
    }
  }
}

/** Follows an index to the manifest for this kind of machine. */
async function resolveIndex(
  client: RegistryClient,
  repository: string,
  fetched: FetchedManifest,
): Promise<FetchedManifest> {
  if (fetched.mediaType !== OCI_INDEX && fetched.mediaType !== DOCKER_INDEX) {
    return fetched;
  }
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const { manifests } = JSON.parse(fetched.content.toString());
  const found = manifests.find(
    ({ platform }: any) =>
      platform?.os === 'linux' && platform?.architecture === architecture,
  );
  if (!found) {
    throw new Error(
      `choosing an image from manifest list: no image found in image index for architecture "${architecture}", variant "", OS "linux"`,
    );
  }
  const manifest = await client.getManifest(repository, found.digest);
  // The node knows the image by the digest it asked for.
  return { ...manifest, digest: fetched.digest };
}

function pullError(reference: string, cause: string): PullError {
  const source = `docker://${reference}`;
  const text = cause.startsWith('reading manifest')
    ? [
        `initializing source ${source}: ${cause}`,
        `image reference: get manifest from ref: create image source: ${cause}`,
      ]
    : [`initializing source ${source}: ${cause}`, `image reference: ${cause}`];
  return new PullError(
    `unable to pull image or OCI artifact: pull image err: ${text[0]}; artifact err: ${text[1]}`,
  );
}

function describeFailure(host: string, error: any): string {
  return error.code === 'ECONNREFUSED'
    ? `pinging container registry ${host}: Get "http://${host}/v2/": dial tcp ${error.address}:${error.port}: connect: connection refused`
    : error.message;
}

function normalize(text: string): string {
  const reference = parseImageReference(text);
  if (!reference) {
    return text;
  }
  const { tag, digest } = reference;
  return digest
    ? `${repositoryName(reference)}@${digest}`
    : `${repositoryName(reference)}:${tag}`;
}

function digestsFirst(a: string, b: string): number {
  return Number(b.includes('@')) - Number(a.includes('@'));
}
