import { examine, rankSeverity, toSarif } from '@cubemig/checkpoint';
import { ForensicReport, Severity } from '@cubemig/plugin-cubemig-common';
import { Command, Option } from 'commander';
import { exitCodes } from '../exitCodes';
import { formatFindings } from '../output/formatFindings';
import { formatJson } from '../output/json';
import { CommandContext } from './CommandContext';
import {
  maxSizeOption,
  ReadingOptions,
  withCheckpoint,
} from './openCheckpoint';

interface FindingsOptions extends ReadingOptions {
  format: 'text' | 'json' | 'sarif';
  memory: boolean;
  failOn: Severity;
}

export function findingsCommand(context: CommandContext): Command {
  return new Command('findings')
    .description('say what in a checkpoint looks like an attack, and why')
    .argument('<archive...>', 'checkpoint archives; - is standard input')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .option(
      '--no-memory',
      'do not search the memory: faster on large checkpoints',
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'from which severity on the exit code is not 0',
      )
        .choices(['medium', 'high', 'critical'])
        .default('medium'),
    )
    .addOption(maxSizeOption)
    .addHelpText(
      'after',
      `
Exit code: 0 nothing grave, 10 medium, 11 high, 12 critical (the gravest finding counts), 1 unreadable, 2 usage.

Examples:
  cubemig findings checkpoint.tar
  cubemig findings --format sarif checkpoint.tar > findings.sarif
  cubemig findings --fail-on high *.tar || echo look into this`,
    )
    .action((archives: string[], options: FindingsOptions) =>
      showFindings(context, archives, options),
    );
}

async function showFindings(
  context: CommandContext,
  archives: string[],
  options: FindingsOptions,
): Promise<void> {
  const { terminal, finish } = context;
  const reports: { archive: string; forensics: ForensicReport }[] = [];
  for (const archive of archives) {
    const forensics = await withCheckpoint(
      archive,
      context,
      options,
      checkpoint =>
        examine(checkpoint, {
          memory: options.memory,
          onProgress: bytes =>
            terminal.progress(
              `searching the memory of ${archive}`,
              bytes,
              checkpoint.processes.reduce((sum, p) => sum + p.memory_size, 0),
            ),
        }),
    );
    terminal.warnings(forensics.warnings);
    reports.push({ archive, forensics });
    if (options.format === 'text') {
      terminal.write(formatFindings(archive, forensics, terminal));
    }
  }
  if (options.format === 'json') {
    terminal.write(
      formatJson(
        reports.map(({ archive, forensics }) => ({ archive, ...forensics })),
      ),
    );
  } else if (options.format === 'sarif') {
    terminal.write(formatJson(toSarif(reports)));
  }
  finish(exitCodeOf(reports, options.failOn));
}

function exitCodeOf(
  reports: { forensics: ForensicReport }[],
  failOn: Severity,
): number {
  const counting = reports
    .flatMap(({ forensics }) => forensics.findings)
    .filter(({ severity }) => rankSeverity(severity) >= rankSeverity(failOn))
    .map(({ severity }) => exitCodes.findings[severity]);
  return Math.max(exitCodes.ok, ...counting);
}
