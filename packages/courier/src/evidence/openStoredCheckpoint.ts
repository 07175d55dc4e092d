import { ByteReader } from '@cubemig/bytes';
import {
  Archive,
  Checkpoint,
  defaultLimits,
  padToBlock,
  streamTar,
} from '@cubemig/checkpoint';
import { readLayer, RegistryClient } from '@cubemig/oci';
import {
  courierPaths,
  SearchMemoryTask,
  ShowVariableTask,
} from '@cubemig/plugin-cubemig-common';
import { Readable } from 'node:stream';
import { openRegistry } from '../openRegistry';
import { Surroundings } from '../Surroundings';

/** A checkpoint image in a registry. */
export interface StoredCheckpoint {
  registry: RegistryClient;
  repository: string;
  digest: string;
}

/**
 * Opens a checkpoint image. Of its archive, what is wanted is kept in a file without a name, which goes with the program; it is opened
 * once the registry has delivered all of it, as its digest says. Its `archive` is to be closed.
 *
 * @param isWanted - tells it by the name in the archive
 */
export async function openStoredCheckpoint(
  { registry, repository, digest }: StoredCheckpoint,
  { files, stop }: Surroundings,
  isWanted: (name: string) => boolean,
): Promise<Checkpoint> {
  const { layers } = await registry.getManifest(repository, digest, {
    signal: stop,
  });
  if (layers.length !== 1) {
    throw new Error(`${repository}@${digest} is not a checkpoint`);
  }
  const content = await readLayer({
    registry,
    repository,
    layer: layers[0],
    privateKeys: await files.readDecryptionKeys(),
    signal: stop,
  });
  const archive = await Archive.fromStream(
    digest,
    selectEntries(content, isWanted),
    { temporaryDirectory: files.locate(courierPaths.temporary) },
  );
  return new Checkpoint(archive);
}

/** Does something with the checkpoint that a request names, without what it changed in its files: that is the lesser part of it. */
export async function withMemory<T>(
  request: SearchMemoryTask | ShowVariableTask,
  surroundings: Surroundings,
  work: (checkpoint: Checkpoint) => Promise<T>,
): Promise<T> {
  const registry = await openRegistry(request.registry, surroundings);
  try {
    const { repository } = request.registry;
    const checkpoint = await openStoredCheckpoint(
      { registry, repository, digest: request.digest },
      surroundings,
      name => name !== 'rootfs-diff.tar',
    );
    try {
      return await work(checkpoint);
    } finally {
      checkpoint.archive.close();
    }
  } finally {
    await registry.close();
  }
}

/** A tar archive with fewer entries. */
async function* selectEntries(
  content: Readable,
  isWanted: (name: string) => boolean,
): AsyncGenerator<Buffer> {
  const source = new ByteReader(content);
  try {
    for await (const streamed of streamTar('image', source, defaultLimits)) {
      if (isWanted(streamed.entry.name)) {
        yield streamed.header;
        let bytes = 0;
        for await (const piece of streamed.content) {
          bytes += piece.length;
          yield piece;
        }
        yield Buffer.alloc(padToBlock(bytes) - bytes);
      }
    }
    // Two empty blocks end an archive.
    yield Buffer.alloc(1024);
  } finally {
    await source.close();
  }
}
