import { posix } from 'node:path';
import { toExpression } from '../shell/expand';
import type { CommandProcess } from './CommandProcess';
import { CommandProgram, splitOptions } from './CommandProgram';

/** So many files are searched at most. */
const MAX_FILES = 100_000;

function walk(
  process: CommandProcess,
  root: string,
  budget = { files: 0 },
): string[] {
  const names = process.list(root);
  budget.files += 1;
  if (!names || budget.files > MAX_FILES) {
    return names || process.isFile(root) ? [root] : [];
  }
  return [
    root,
    ...names.flatMap(name => walk(process, posix.join(root, name), budget)),
  ];
}

/** `find [folder ...] [-name pattern] [-type f|d] [-delete] [-exec command {} ;]`; `-o` as in most attackers' lines: either name. */
async function find(process: CommandProcess, args: string[]): Promise<number> {
  const first = args.findIndex(arg => /^[-(!]/.test(arg));
  const roots = args.slice(0, first < 0 ? args.length : first);
  const tests = args.slice(roots.length);
  const valuesOf = (...options: string[]) =>
    tests.filter((_, at) => options.includes(tests[at - 1]));
  const names = valuesOf('-name', '-iname').map(toExpression);
  const paths = valuesOf('-path').map(toExpression);
  const [type] = valuesOf('-type');
  const exec = tests.indexOf('-exec');
  const command =
    exec < 0
      ? []
      : tests.slice(
          exec + 1,
          tests.findIndex(test => /^[;+]$/.test(test)),
        );
  let exitCode = 0;
  for (const root of roots.length ? roots : ['.']) {
    const found = walk(process, root);
    if (found.length === 0) {
      exitCode = process.complain(`'${root}': No such file or directory`);
    }
    const matches = found.filter(path => {
      const isFolder = process.list(path) !== undefined;
      return (
        (names.length === 0 ||
          names.some(name => name.test(posix.basename(path)))) &&
        (paths.length === 0 || paths.some(pattern => pattern.test(path))) &&
        (!type || (type === 'd') === isFolder)
      );
    });
    for (const path of tests.includes('-delete')
      ? matches.reverse()
      : matches) {
      if (tests.includes('-delete')) {
        process.unlink(path);
      } else if (command.length > 0) {
        const child = process.fork();
        await process.host.execute(
          child,
          command.map(word => word.replace('{}', path)),
        );
        child.exit();
      } else {
        process.say(`${path}\n`);
      }
    }
  }
  return exitCode;
}

/** `grep [-rilvcq] pattern [file ...]`. */
async function grep(process: CommandProcess, args: string[]): Promise<number> {
  const { has, operands } = splitOptions(args);
  const [pattern = '', ...files] = operands;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, has('i') ? 'i' : '');
  } catch {
    process.complain('Unmatched ( or \\(');
    return 2;
  }
  const isRecursive = has('r') || has('R');
  const paths = isRecursive
    ? (files.length ? files : ['.'])
        .flatMap(root => walk(process, root))
        .filter(path => !process.list(path))
    : files;
  const sources = paths.length || isRecursive ? paths : ['-'];
  let count = 0;
  for (const path of sources) {
    let content: Buffer;
    try {
      content =
        path === '-'
          ? await process.input.readAll()
          : await process.readFile(path);
    } catch (error) {
      process.complain(`${path}: ${(error as Error).message}`);
      continue;
    }
    const matching = content
      .toString()
      .split('\n')
      .filter(line => line && expression.test(line) !== has('v'));
    count += matching.length;
    const label = sources.length > 1 ? `${path}:` : '';
    if (has('l')) {
      process.say(matching.length ? `${path}\n` : '');
    } else if (!has('q')) {
      process.say(matching.map(line => `${label}${line}\n`).join(''));
    }
  }
  return count > 0 ? 0 : 1;
}

export const searchCommands: Record<string, CommandProgram> = {
  find,
  grep,
  egrep: grep,
  fgrep: grep,
};
