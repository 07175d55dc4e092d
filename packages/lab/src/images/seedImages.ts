import { existsSync, promises as fs } from 'node:fs';
import { commandFiles } from '../runtime/emulated/commands/commandFiles';
import { executableOf } from '../programs/programs';
import type { Registry } from '../registry/startRegistry';
import type { ContainerRuntime } from '../runtime/ContainerRuntime';
import { demoImages } from '../runtime/criu/images/demoImages';
import { ImageContent, pushImage } from './buildImage';
import { REGISTRY_ALIAS } from './ImageStore';
import { RegistryClient } from './RegistryClient';

export interface SeedOptions {
  registry: Registry;
  /** Of the nodes' runtimes; the default is `emulated`. */
  kind?: ContainerRuntime['kind'];
  /** The courier's bundle, one JavaScript file. Without it (or if it does not exist) no courier image is made. */
  courier?: string;
  /** The tag of the courier's image. */
  courierVersion: string;
}

const baseFiles = {
  'etc/os-release': 'NAME="CubeMig lab"\nID=cubemig-lab\n',
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
  'etc/shadow': 'root:*:20000:0:99999:7:::\n',
  'root/': '',
  'tmp/': '',
  'var/log/': '',
  ...commandFiles(),
  'bin/sleep': executableOf('sleep'),
};

/** An image of one program, and of others that its containers may also run. */
function imageOf(program: string, ...others: string[]): ImageContent {
  const executables = [program, ...others].map(name => [
    `bin/${name}`,
    executableOf(name),
  ]);
  return {
    files: { ...baseFiles, ...Object.fromEntries(executables) },
    entrypoint: [program],
  };
}

const emulatedImages: Record<string, ImageContent> = {
  'demo/counter': imageOf('counter'),
  'demo/kv': imageOf('kv'),
  'demo/web': imageOf('web'),
  'demo/cpu': imageOf('cpu'),
  'demo/memory': imageOf('memory'),
  'demo/disk': imageOf('disk', 'reader'),
  'demo/tree': imageOf('tree'),
  'demo/stand-in': imageOf('stand-in'),
};

/** Builds the images of the demo programs and of the courier and pushes them. Returns their references, `registry.lab/demo/counter:1` ... */
export async function seedImages(options: SeedOptions): Promise<string[]> {
  const { registry, courier, courierVersion } = options;
  const client = new RegistryClient(registry);
  const demos = options.kind === 'criu' ? await demoImages() : emulatedImages;
  const images = Object.entries(demos).map(
    ([repository, content]): [string, string, ImageContent] => [
      repository,
      '1',
      content,
    ],
  );
  if (courier && existsSync(courier)) {
    images.push([
      'cubemig/courier',
      courierVersion,
      {
        files: { 'courier/courier.cjs': await fs.readFile(courier) },
        entrypoint: ['node', '/courier/courier.cjs'],
      },
    ]);
  }
  for (const [repository, tag, content] of images) {
    await pushImage(client, repository, tag, content);
  }
  return images.map(
    ([repository, tag]) => `${REGISTRY_ALIAS}/${repository}:${tag}`,
  );
}
