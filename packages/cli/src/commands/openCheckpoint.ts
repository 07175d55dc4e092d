import { Archive, Checkpoint } from '@cubemig/checkpoint';
import { InvalidArgumentError, Option } from 'commander';
import { CommandContext } from './CommandContext';

/** Settings that every command that reads archives has. */
export interface ReadingOptions {
  maxSize?: number;
}

export const maxSizeOption = new Option(
  '--max-size <GiB>',
  'refuse compressed archives that unpack to more',
).argParser(value => {
  const number = Number(value);
  if (!(number > 0)) {
    throw new InvalidArgumentError('must be a number above 0');
  }
  return number;
});

export const showSecretsOption = new Option(
  '--show-secrets',
  'show passwords, tokens and keys instead of ******',
).default(false);

/** Opens each archive in turn and closes it again. `-` is standard input. */
export async function withCheckpoint<T>(
  path: string,
  { terminal }: CommandContext,
  options: ReadingOptions,
  use: (checkpoint: Checkpoint) => Promise<T>,
): Promise<T> {
  const limits = options.maxSize
    ? { unpackedBytes: options.maxSize * 1024 ** 3 }
    : {};
  terminal.progress(`opening ${path}`, 0, 0);
  const archive =
    path === '-'
      ? await Archive.fromStream('standard input', process.stdin, { limits })
      : await Archive.open(path, { limits });
  try {
    return await use(new Checkpoint(archive));
  } finally {
    archive.close();
  }
}

export function parsePid(value: string): number {
  const pid = Number(value);
  if (!Number.isInteger(pid) || pid < 1) {
    throw new InvalidArgumentError('must be a process number');
  }
  return pid;
}

export function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 0) {
    throw new InvalidArgumentError('must be a whole number');
  }
  return count;
}
