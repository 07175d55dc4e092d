import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readReport } from '@cubemig/checkpoint';
import { Report } from '@cubemig/plugin-cubemig-common';
import { Command, Option } from 'commander';
import { formatJson } from '../output/json';
import { formatTable } from '../output/table';
import { CommandContext } from './CommandContext';
import { identityOnly } from './identityOnly';
import {
  maxSizeOption,
  ReadingOptions,
  withCheckpoint,
} from './openCheckpoint';

/** Where the kubelet puts checkpoints. */
const KUBELET_FOLDER = '/var/lib/kubelet/checkpoints';

/** The kubelet's names, and what archives are usually called. */
const ARCHIVE = /^checkpoint-|\.(tar|tar\.gz|tgz|tar\.zst|tzst)$/;

interface ListOptions extends ReadingOptions {
  format: 'table' | 'json';
}

export function listCommand(context: CommandContext): Command {
  return new Command('list')
    .description('list the checkpoints in folders')
    .argument('[folder...]', 'folders to look into', [KUBELET_FOLDER])
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['table', 'json'])
        .default('table'),
    )
    .addOption(maxSizeOption)
    .action((folders: string[], options: ListOptions) =>
      list(context, folders, options),
    );
}

interface Listed
  extends Pick<Report, 'container_name' | 'engine' | 'checkpointed'> {
  namespace: string;
  pod: string;
  file: string;
  path: string;
}

async function list(
  context: CommandContext,
  folders: string[],
  options: ListOptions,
): Promise<void> {
  const { terminal } = context;
  const found: Listed[] = [];
  for (const folder of folders) {
    const files = (await readdir(folder)).filter(f => ARCHIVE.test(f)).sort();
    if (files.length > 0 && options.format === 'table') {
      terminal.line(`Listing checkpoints in path: ${folder}`);
    }
    for (const [index, file] of files.entries()) {
      terminal.progress(`reading ${file}`, index, files.length);
      try {
        found.push(await describe(context, folder, file, options));
      } catch (error) {
        // One that cannot be read does not hide the others.
        terminal.error((error as Error).message);
      }
    }
  }
  if (options.format === 'json') {
    terminal.write(formatJson(found));
  } else if (found.length === 0) {
    terminal.line(`No checkpoints found in ${folders.join(', ')}`);
  } else {
    terminal.write(
      formatTable(
        [
          'Namespace',
          'Pod',
          'Container',
          'Engine',
          'Time Checkpointed',
          'Checkpoint Name',
        ],
        found.map(c => [
          c.namespace,
          c.pod,
          c.container_name,
          c.engine,
          c.checkpointed ?? '',
          c.file,
        ]),
      ),
    );
  }
}

async function describe(
  context: CommandContext,
  folder: string,
  file: string,
  options: ListOptions,
): Promise<Listed> {
  const path = join(folder, file);
  return withCheckpoint(path, context, options, async checkpoint => {
    const report = await readReport(checkpoint, {
      sections: { ...identityOnly, metadata: true },
    });
    return {
      namespace: report.metadata?.kubernetes_namespace ?? '',
      pod: report.metadata?.pod_name ?? '',
      container_name: report.container_name,
      engine: report.engine,
      checkpointed: report.checkpointed,
      file,
      path,
    };
  });
}
