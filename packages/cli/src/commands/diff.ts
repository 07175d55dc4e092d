import {
  compareReports,
  examine,
  Examined,
  readReport,
  SecretMask,
} from '@cubemig/checkpoint';
import { Command, Option } from 'commander';
import { formatDiff } from '../output/formatDiff';
import { formatJson } from '../output/json';
import { CommandContext } from './CommandContext';
import {
  maxSizeOption,
  ReadingOptions,
  showSecretsOption,
  withCheckpoint,
} from './openCheckpoint';

interface DiffOptions extends ReadingOptions {
  format: 'tree' | 'json';
  memory: boolean;
  showSecrets: boolean;
}

export function diffCommand(context: CommandContext): Command {
  return new Command('diff')
    .description(
      'tell what appeared, changed and vanished between two checkpoints',
    )
    .argument('<before>', 'the earlier checkpoint')
    .argument('<after>', 'the later checkpoint')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['tree', 'json'])
        .default('tree'),
    )
    .option(
      '--no-memory',
      'do not search the memory: faster on large checkpoints',
    )
    .addOption(showSecretsOption)
    .addOption(maxSizeOption)
    .addHelpText(
      'after',
      `
The checkpoints may be of different containers: compare one under suspicion with one that is known to be clean.`,
    )
    .action((before: string, after: string, options: DiffOptions) =>
      diff(context, before, after, options),
    );
}

async function diff(
  context: CommandContext,
  before: string,
  after: string,
  options: DiffOptions,
): Promise<void> {
  const { terminal } = context;
  const masks: SecretMask[] = [];
  const read = (archive: string): Promise<Examined> =>
    withCheckpoint(archive, context, options, async checkpoint => {
      terminal.progress(`reading ${archive}`, 0, 0);
      const forensics = await examine(checkpoint, { memory: options.memory });
      masks.push(checkpoint.secretMask);
      // Compared as they are, hidden afterwards: two secrets that differ must not look the same.
      const report = await readReport(checkpoint, { secrets: 'shown' });
      return { report, forensics };
    });
  const a = await read(before);
  const b = await read(after);
  const compared = compareReports(a, b);
  const result = options.showSecrets
    ? compared
    : masks.reduce((hidden, mask) => mask.data(hidden), compared);
  terminal.warnings([...a.report.warnings, ...b.report.warnings]);
  terminal.write(
    options.format === 'json'
      ? formatJson(result)
      : formatDiff(result, before, after, terminal),
  );
}
