import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointTask, courierPaths } from '@cubemig/plugin-cubemig-common';
import { NodeFiles } from '../NodeFiles';

/** Copies an archive to the volume for those that are kept. What has its name there is complete. */
export async function keepArchive(
  archivePath: string,
  files: NodeFiles,
  name: string,
  { directory }: NonNullable<CheckpointTask['keep']>,
): Promise<void> {
  const volume = files.locate(courierPaths.kept);
  await stat(volume).catch(() => {
    throw new Error(`No volume for archives is mounted at ${volume}`);
  });
  const folder = join(volume, directory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = join(folder, `.${name}.part`);
  try {
    await copyFile(archivePath, part);
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true });
    throw new Error(`The archive cannot be kept: ${(error as Error).message}`);
  }
}
