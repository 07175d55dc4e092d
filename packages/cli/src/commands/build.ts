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

interface BuildOptions extends ReadingOptions, LayerOptions {
  tag: string;
}

export function buildCommand(context: CommandContext): Command {
  return new Command('build')
    .description(
      'write a checkpoint as an OCI image layout that can be restored',
    )
    .argument('<archive>', 'the checkpoint; - is standard input')
    .argument('<folder>', 'where to write the image layout')
    .option('--tag <tag>', 'the name of the image in the layout', 'latest')
    .addOption(compressionOption)
    .addOption(encryptOption)
    .addOption(maxSizeOption)
    .addHelpText(
      'after',
      `
The image has the annotations of both CRI-O and containerd. To copy it on:
  skopeo copy oci:<folder>:latest docker://registry/repository:tag`,
    )
    .action((archive: string, folder: string, options: BuildOptions) =>
      build(context, archive, folder, options),
    );
}

async function build(
  context: CommandContext,
  archive: string,
  folder: string,
  options: BuildOptions,
): Promise<void> {
  // Only here and in push: most commands start faster without it.
  const { describeImage, tarOf } = await import('../image/imageOf');
  const { writeImageLayout } = await import('../image/writeImageLayout');
  const { terminal } = context;
  await withCheckpoint(archive, context, options, async checkpoint => {
    const digest = await writeImageLayout({
      ...(await describeImage(checkpoint)),
      directory: folder,
      tar: tarOf(checkpoint),
      compression: options.compression,
      recipients: await readKeys(options.encryptFor),
      tag: options.tag,
      created: new Date(),
      onProgress: bytes =>
        terminal.progress(
          `writing ${folder}`,
          bytes,
          checkpoint.archive.tar.size,
        ),
    });
    terminal.line(`${folder}: ${options.tag}@${digest}`);
  });
}
