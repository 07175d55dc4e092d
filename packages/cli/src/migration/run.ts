import { CubemigApi, Migration } from '@cubemig/plugin-cubemig-common';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ApiContext } from '../api/apiCommand';
import { formatJson } from '../output/json';
import { describeEnd } from './describe';
import { exitCodeOf, follow } from './follow';
import { RunOptions } from './runOptions';

/** Follows a migration that was just started, tells how it ended and keeps its files. */
export async function runToEnd(
  { api, terminal, finish }: ApiContext,
  started: Migration,
  options: RunOptions,
): Promise<void> {
  if (options.detach) {
    terminal.write(
      options.output === 'json' ? formatJson(started) : `${started.id}\n`,
    );
    return;
  }
  const { id, mode, source, target } = started;
  terminal.writeError(
    `${mode} ${source.namespace}/${source.pod}: ${source.cluster}${
      target ? ` -> ${target.cluster}` : ''
    }  (${id})\n`,
  );
  const ended = await follow(api, id, terminal);
  terminal.write(
    options.output === 'json'
      ? formatJson(ended)
      : describeEnd(ended, terminal),
  );
  if (options.logDir) {
    const folder = await saveFiles(api, ended, options.logDir);
    terminal.writeError(`Files: ${folder}\n`);
  }
  finish(exitCodeOf(ended));
}

/** Writes all files about a migration into a folder of its own, and tells which. */
export async function saveFiles(
  api: CubemigApi,
  { id, source }: Migration,
  logDir: string,
): Promise<string> {
  const folder = join(logDir, `${source.pod}_${id}`);
  await mkdir(folder, { recursive: true });
  for (const file of await api.migrations.listFiles(id)) {
    // What a server names must not lead out of the folder.
    const path = join(folder, basename(file.name));
    await writeFile(path, await api.migrations.readFile(file));
  }
  return folder;
}
