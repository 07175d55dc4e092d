import { readReport, ReportSections } from '@cubemig/checkpoint';
import { Command, Option } from 'commander';
import { formatJson } from '../output/json';
import { reportTree } from '../output/reportTree';
import { formatTree } from '../output/tree';
import { CommandContext } from './CommandContext';
import {
  maxSizeOption,
  parsePid,
  ReadingOptions,
  showSecretsOption,
  withCheckpoint,
} from './openCheckpoint';

interface InspectOptions extends ReadingOptions {
  stats?: boolean;
  mounts?: boolean;
  psTree?: boolean;
  psTreeCmd?: boolean;
  psTreeEnv?: boolean;
  files?: boolean;
  sockets?: boolean;
  metadata?: boolean;
  rootfs?: boolean;
  log?: boolean;
  dumpLog?: boolean;
  all?: boolean;
  pid?: number;
  format: 'tree' | 'json';
  showSecrets: boolean;
}

export function inspectCommand(context: CommandContext): Command {
  return new Command('inspect')
    .description('show what is inside a checkpoint')
    .argument('<archive...>', 'checkpoint archives; - is standard input')
    .option('--stats', "CRIU's figures of the dump")
    .option('--mounts', 'mounts')
    .option('--ps-tree', 'processes')
    .option('--ps-tree-cmd', 'processes with their command lines')
    .option('--ps-tree-env', 'processes with their environment')
    .option('--files', 'open files and working directories')
    .option('--sockets', 'open sockets, with states and queues')
    .option('--metadata', 'pod, namespace and annotations')
    .option('--rootfs', 'files that the container wrote or deleted')
    .option('--log', "the last lines of the container's log")
    .option('--dump-log', "problems in CRIU's log of the dump")
    .option('--all', 'all of these')
    .option('-p, --pid <pid>', 'only this process and those below it', parsePid)
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['tree', 'json'])
        .default('tree'),
    )
    .addOption(showSecretsOption)
    .addOption(maxSizeOption)
    .addHelpText(
      'after',
      `
Examples:
  cubemig inspect --all checkpoint.tar
  cubemig inspect --ps-tree-cmd --sockets --pid 7 checkpoint.tar
  cubemig inspect --all --format json checkpoint.tar | jq '.[0].sockets'

Flags and JSON keys are those of checkpointctl; what it does not know comes under keys of its own.`,
    )
    .action((archives: string[], options: InspectOptions) =>
      inspect(context, archives, options),
    );
}

async function inspect(
  context: CommandContext,
  archives: string[],
  options: InspectOptions,
): Promise<void> {
  const { terminal } = context;
  const sections = toSections(options);
  const reports = [];
  for (const archive of archives) {
    const report = await withCheckpoint(archive, context, options, checkpoint =>
      readReport(checkpoint, {
        sections,
        pid: options.pid,
        secrets: options.showSecrets ? 'shown' : 'masked',
      }),
    );
    terminal.warnings(report.warnings);
    if (options.format === 'tree') {
      terminal.line(
        `\nDisplaying container checkpoint tree view from ${archive}\n`,
      );
      terminal.line(
        formatTree(reportTree(report), text => paint(context, text)),
      );
    }
    // Without --all a report is as short as what was asked for.
    const {
      archive: file,
      processes,
      descriptors,
      connections,
      security,
      ...asked
    } = report;
    reports.push(options.all ? report : asked);
  }
  if (options.format === 'json') {
    terminal.write(formatJson(reports));
  }
}

/** Some flags imply others, as in checkpointctl. */
function toSections(options: InspectOptions): ReportSections {
  const { all = false } = options;
  const has = (flag: boolean | undefined) => all || flag === true;
  const [files, sockets] = [has(options.files), has(options.sockets)];
  const [cmd, env] = [has(options.psTreeCmd), has(options.psTreeEnv)];
  const isAsked = has(options.psTree) || options.pid !== undefined;
  return {
    statistics: has(options.stats),
    metadata: has(options.metadata),
    processTree: isAsked || files || sockets || cmd || env,
    arguments: cmd,
    environment: env,
    files,
    sockets,
    mounts: has(options.mounts),
    rootfs: has(options.rootfs),
    log: has(options.log),
    dumpLog: has(options.dumpLog),
  };
}

/** What stands before a colon, or in brackets, is a name. */
function paint({ terminal }: CommandContext, text: string): string {
  const match = /^(\[[^\]]*\]|[^:=]+[:=])(.*)$/s.exec(text);
  return match
    ? terminal.style('cyan', match[1]) + match[2]
    : terminal.style('bold', text);
}
