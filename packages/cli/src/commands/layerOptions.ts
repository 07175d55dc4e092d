import { readFile } from 'node:fs/promises';
import type { Compression } from '@cubemig/oci';
import { Option } from 'commander';

/** How a checkpoint becomes the layer of an image. */
export interface LayerOptions {
  compression: Compression;
  encryptFor: string[];
}

export const compressionOption = new Option(
  '--compression <kind>',
  'how to pack the layer; auto measures what pays',
)
  .choices(['none', 'gzip', 'zstd', 'auto'])
  .default('gzip');

export const encryptOption = new Option(
  '--encrypt-for <file>',
  'encrypt the layer for this public key (RSA, PEM); may be given several times',
)
  .argParser((file: string, files: string[]) => [...files, file])
  .default([], 'not encrypted');

export function readKeys(files: string[]): Promise<string[]> {
  return Promise.all(files.map(file => readFile(file, 'utf8')));
}
