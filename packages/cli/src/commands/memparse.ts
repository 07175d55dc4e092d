import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import {
  Checkpoint,
  formatAddress,
  formatBytes,
  hexdump,
  HEXDUMP_HEADER,
  MemoryPattern,
  searchMemory,
} from '@cubemig/checkpoint';
import { Command, Option } from 'commander';
import { formatTable } from '../output/table';
import { CommandContext } from './CommandContext';
import {
  maxSizeOption,
  parseCount,
  parsePid,
  ReadingOptions,
  showSecretsOption,
  withCheckpoint,
} from './openCheckpoint';

/** More is no answer to a question, and would not fit into memory. */
const MAX_ROWS = 100_000;

interface MemparseOptions extends ReadingOptions {
  pid?: number;
  output?: string;
  search?: string;
  searchRegex?: string;
  context: number;
  showSecrets: boolean;
}

export function memparseCommand(context: CommandContext): Command {
  return new Command('memparse')
    .description('show, search or dump the memory of processes')
    .argument('<archive...>', 'checkpoint archives; - is standard input')
    .option('-p, --pid <pid>', 'the process to look into', parsePid)
    .option('-o, --output <file>', 'write the dump to a file')
    .option('-s, --search <text>', 'search for a text')
    .addOption(
      new Option(
        '-r, --search-regex <pattern>',
        'search for a regular expression; bytes that are no text are "?"',
      ).conflicts('search'),
    )
    .option(
      '-c, --context <bytes>',
      'show so many bytes on either side of a match',
      parseCount,
      0,
    )
    .addOption(showSecretsOption)
    .addOption(maxSizeOption)
    .addHelpText(
      'after',
      `
Examples:
  cubemig memparse checkpoint.tar                           how much memory each process has
  cubemig memparse --pid 1 checkpoint.tar | less            the memory of process 1
  cubemig memparse --pid 1 -o memory.txt checkpoint.tar     the same into a file
  cubemig memparse -s 'http://' -c 40 checkpoint.tar        search all processes`,
    )
    .action(async (archives: string[], options: MemparseOptions) => {
      for (const archive of archives) {
        await withCheckpoint(archive, context, options, checkpoint =>
          memparse(context, archive, checkpoint, options),
        );
      }
    });
}

async function memparse(
  context: CommandContext,
  archive: string,
  checkpoint: Checkpoint,
  options: MemparseOptions,
): Promise<void> {
  const { search, searchRegex, pid } = options;
  if (search || searchRegex) {
    const pattern = search ? { text: search } : { regex: searchRegex! };
    await showMatches(context, checkpoint, pattern, options);
  } else if (pid !== undefined) {
    await dump(context, archive, checkpoint, pid, options);
  } else {
    showSizes(context, archive, checkpoint);
  }
  context.terminal.warnings(checkpoint.warnings.list());
}

function showSizes(
  { terminal }: CommandContext,
  archive: string,
  checkpoint: Checkpoint,
): void {
  terminal.line(`\nDisplaying processes memory sizes from ${archive}\n`);
  terminal.write(
    formatTable(
      ['PID', 'Process name', 'Memory size', 'Shared memory size'],
      checkpoint.processes
        .filter(({ state }) => state === 'Alive' || state === 'Stopped')
        .map(process => [
          String(process.pid),
          process.command,
          formatBytes(process.memory_size),
          formatBytes(process.shared_memory_size),
        ]),
    ),
  );
}

async function showMatches(
  { terminal }: CommandContext,
  checkpoint: Checkpoint,
  pattern: MemoryPattern,
  options: MemparseOptions,
): Promise<void> {
  const { pid, context, showSecrets } = options;
  const searched =
    pid === undefined
      ? checkpoint.processes.filter(p => p.memory_size > 0)
      : [checkpoint.processOf(pid)];
  const mask = checkpoint.secretMask;
  const redact = showSecrets ? undefined : (b: Buffer) => mask.bytes(b);
  const rows: string[][] = [];
  for (const process of searched) {
    const memory = checkpoint.memoryOf(process.pid);
    const matches = searchMemory(memory, pattern, {
      context,
      redact,
      onProgress: bytes =>
        terminal.progress(
          `searching process ${process.pid}`,
          bytes,
          memory.size,
        ),
    });
    for await (const { address, text } of matches) {
      if (rows.length >= MAX_ROWS) {
        terminal.warnings([`only the first ${MAX_ROWS} matches are shown`]);
        break;
      }
      rows.push([
        ...(pid === undefined ? [String(process.pid)] : []),
        formatAddress(address),
        text,
        String(rows.length + 1),
      ]);
    }
  }
  const what = options.search ?? options.searchRegex;
  if (rows.length === 0) {
    terminal.line(
      `No matches for pattern "${what}" in the memory of ${
        pid === undefined ? 'any process' : `PID ${pid}`
      }`,
    );
    return;
  }
  const headings = ['Address', 'Match', 'Instance'];
  terminal.write(
    formatTable(pid === undefined ? ['PID', ...headings] : headings, rows),
  );
}

async function dump(
  { terminal }: CommandContext,
  archive: string,
  checkpoint: Checkpoint,
  pid: number,
  options: MemparseOptions,
): Promise<void> {
  const memory = checkpoint.memoryOf(pid);
  const mask = checkpoint.secretMask;
  const { output, showSecrets } = options;
  const pieces = hexdump(memory, {
    compact: output === undefined,
    redact: showSecrets ? undefined : bytes => mask.bytes(bytes),
    onProgress: bytes =>
      output && terminal.progress(`writing ${output}`, bytes, memory.size),
  });
  const header = `${HEXDUMP_HEADER.join('\n')}\n`;
  if (output === undefined) {
    terminal.line(
      `\nDisplaying memory pages content for process ID ${pid} from checkpoint: ${archive}\n`,
    );
    terminal.write(header);
    for await (const piece of pieces) {
      terminal.write(piece);
      if (process.stdout.writableNeedDrain) {
        await once(process.stdout, 'drain');
      }
    }
    return;
  }
  terminal.line(
    `\nWriting memory pages content for process ID ${pid} from checkpoint: ${archive} to file: ${output}...`,
  );
  // Only its owner may read it: it is a process's memory.
  const file = createWriteStream(output, { mode: 0o600 });
  file.write(header);
  for await (const piece of pieces) {
    if (!file.write(piece)) {
      await once(file, 'drain');
    }
  }
  file.end();
  await finished(file);
}
