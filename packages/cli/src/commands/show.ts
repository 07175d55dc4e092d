import { formatBytes, readReport } from '@cubemig/checkpoint';
import { Command } from 'commander';
import { formatTable } from '../output/table';
import { CommandContext } from './CommandContext';
import { identityOnly } from './identityOnly';
import {
  maxSizeOption,
  ReadingOptions,
  withCheckpoint,
} from './openCheckpoint';

export function showCommand(context: CommandContext): Command {
  return new Command('show')
    .description('say in one line what each checkpoint is of')
    .argument('<archive...>', 'checkpoint archives; - is standard input')
    .addOption(maxSizeOption)
    .action((archives: string[], options: ReadingOptions) =>
      show(context, archives, options),
    );
}

async function show(
  context: CommandContext,
  archives: string[],
  options: ReadingOptions,
): Promise<void> {
  const { terminal } = context;
  const headings = [
    'Container',
    'Image',
    'ID',
    'Runtime',
    'Created',
    'Engine',
    'CHKPT Size',
  ];
  const rows: string[][] = [];
  let hasDiff = archives.length > 1;
  for (const archive of archives) {
    const report = await withCheckpoint(archive, context, options, checkpoint =>
      readReport(checkpoint, { sections: identityOnly, secrets: 'shown' }),
    );
    const { total_size = 0, root_fs_diff_size = 0 } = report.checkpoint_size;
    hasDiff ||= root_fs_diff_size > 0;
    rows.push([
      report.container_name,
      report.image,
      report.id.slice(0, 12),
      report.runtime,
      report.created,
      report.engine,
      formatBytes(total_size),
      formatBytes(root_fs_diff_size),
    ]);
    terminal.warnings(report.warnings);
  }
  if (archives.length === 1) {
    terminal.line(
      `\nDisplaying container checkpoint data from ${archives[0]}\n`,
    );
  }
  terminal.write(
    hasDiff
      ? formatTable([...headings, 'Root Fs Diff Size'], rows)
      : formatTable(
          headings,
          rows.map(row => row.slice(0, -1)),
        ),
  );
}
