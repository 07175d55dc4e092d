import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandContext } from './CommandContext';
import {
  compressionOption,
  encryptOption,
  LayerOptions,
  readKeys,
} from './layerOptions';
import {
  maxSizeOption,
  ReadingOptions,
  withCheckpoint,
} from './openCheckpoint';

interface PushOptions extends ReadingOptions, LayerOptions {
  insecure?: boolean;
  authfile?: string;
}

export function pushCommand(context: CommandContext): Command {
  return new Command('push')
    .description(
      'push a checkpoint to a registry as an image that can be restored',
    )
    .argument('<archive>', 'the checkpoint; - is standard input')
    .argument('<image>', 'host[:port]/repository:tag')
    .option('--insecure', 'plain http')
    .option(
      '--authfile <file>',
      'credentials, as docker and podman write them (default: $REGISTRY_AUTH_FILE, ~/.docker/config.json)',
    )
    .addOption(compressionOption)
    .addOption(encryptOption)
    .addOption(maxSizeOption)
    .action((archive: string, image: string, options: PushOptions) =>
      push(context, archive, image, options),
    );
}

/** `host[:port]/repository[:tag]`. */
export function parseImageName(image: string) {
  const match =
    /^([a-z0-9.-]+(?::\d+)?|\[[0-9a-f:]+\](?::\d+)?)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?$/i.exec(
      image,
    );
  if (!match) {
    throw new Error(
      `"${image}" is no image name: write it as host[:port]/repository:tag`,
    );
  }
  const [, host, repository, tag = 'latest'] = match;
  return { host, repository, tag };
}

async function push(
  context: CommandContext,
  archive: string,
  image: string,
  options: PushOptions,
): Promise<void> {
  const { parseDockerConfig, pushCheckpointImage, RegistryClient } =
    await import('@cubemig/oci');
  const { describeImage, tarOf } = await import('../image/imageOf');
  const { terminal } = context;
  const { host, repository, tag } = parseImageName(image);
  const authentication = await readAuthentication(options.authfile);
  const registry = new RegistryClient({
    host,
    insecure: options.insecure,
    credentials: wanted =>
      authentication === undefined
        ? undefined
        : parseDockerConfig(authentication, wanted),
  });
  try {
    await withCheckpoint(archive, context, options, async checkpoint => {
      const { digest, layerBytes } = await pushCheckpointImage({
        ...(await describeImage(checkpoint)),
        registry,
        repository,
        tag,
        // A file can be sent again after a cut connection, a stream cannot.
        archive:
          archive !== '-' && checkpoint.archive.compression === 'none'
            ? archive
            : tarOf(checkpoint),
        compression: options.compression,
        recipients: await readKeys(options.encryptFor),
        onProgress: ({ archiveBytes }) =>
          terminal.progress(
            `pushing ${image}`,
            archiveBytes,
            checkpoint.archive.tar.size,
          ),
      });
      terminal.line(
        `${host}/${repository}:${tag}@${digest} (${layerBytes} bytes pushed)`,
      );
    });
  } finally {
    await registry.close();
  }
}

async function readAuthentication(
  authfile: string | undefined,
): Promise<string | undefined> {
  const named = authfile ?? process.env.REGISTRY_AUTH_FILE;
  try {
    return await readFile(
      named ?? join(homedir(), '.docker/config.json'),
      'utf8',
    );
  } catch (error) {
    if (named === undefined) {
      return undefined;
    }
    throw error;
  }
}
