import type { CommandProcess } from './CommandProcess';
import { CommandProgram, forEach, splitOptions } from './CommandProgram';

/** Files one after the other, or the standard input. */
async function readFiles(
  process: CommandProcess,
  paths: string[],
): Promise<{ content: Buffer; exitCode: number }> {
  const parts: Buffer[] = [];
  const exitCode = await forEach(
    process,
    paths.length ? paths : ['-'],
    async path => {
      parts.push(
        path === '-'
          ? await process.input.readAll()
          : await process.readFile(path),
      );
    },
  );
  return { content: Buffer.concat(parts), exitCode };
}

function linesOf(content: Buffer): string[] {
  const lines = content.toString().split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** `head` and `tail`: `-n 5`, `-n5`, `-5`. */
function someLines(choose: (lines: string[], count: number) => string[]) {
  return async (process: CommandProcess, args: string[]) => {
    const at = args.findIndex(arg => /^-n?\d*$/.test(arg));
    const option = args[at] ?? '-10';
    const isApart = option === '-n';
    const count = Number(isApart ? args[at + 1] : option.replace(/^-n?/, ''));
    const paths =
      at < 0
        ? args
        : args.filter((_, i) => i !== at && !(isApart && i === at + 1));
    const { content, exitCode } = await readFiles(process, paths);
    const lines = choose(linesOf(content), count);
    process.say(lines.map(line => `${line}\n`).join(''));
    return exitCode;
  };
}

function unescape(text: string): string {
  const signs: Record<string, string> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
  };
  return text.replace(/\\([ntr\\])/g, (_all, sign) => signs[sign]);
}

export const textCommands: Record<string, CommandProgram> = {
  async cat(process, args) {
    const { operands } = splitOptions(args);
    if (operands.length === 0) {
      const { input } = process;
      for (let b = await input.readSome(); b; b = await input.readSome()) {
        process.say(b);
      }
      return 0;
    }
    const { content, exitCode } = await readFiles(process, operands);
    process.say(content);
    return exitCode;
  },
  echo(process, args) {
    const options = args.findIndex(arg => !/^-[neE]+$/.test(arg));
    const count = options < 0 ? args.length : options;
    const flags = args.slice(0, count).join('');
    const text = args.slice(count).join(' ');
    process.say(
      (flags.includes('e') ? unescape(text) : text) +
        (flags.includes('n') ? '' : '\n'),
    );
  },
  printf(process, [format = '', ...values]) {
    const text = unescape(format);
    let left: number;
    // As POSIX has it: the format begins anew for values that it has not taken yet.
    do {
      left = values.length;
      process.say(
        text.replace(/%[sd%]/g, taken =>
          taken === '%%' ? '%' : values.shift() ?? '',
        ),
      );
    } while (values.length > 0 && values.length < left);
  },
  head: someLines((lines, count) => lines.slice(0, count)),
  tail: someLines((lines, count) =>
    lines.slice(Math.max(0, lines.length - count)),
  ),
  async wc(process, args) {
    const { has, operands } = splitOptions(args);
    const { content, exitCode } = await readFiles(process, operands);
    const counts = [
      has('l') ? [content.toString().split('\n').length - 1] : [],
      has('w') ? [content.toString().split(/\s+/).filter(Boolean).length] : [],
      has('c') ? [content.length] : [],
    ].flat();
    process.say(`${counts.join(' ')}\n`);
    return exitCode;
  },
  async base64(process, args) {
    const { has, operands } = splitOptions(args);
    const { content, exitCode } = await readFiles(process, operands);
    process.say(
      has('d')
        ? Buffer.from(content.toString(), 'base64')
        : `${content.toString('base64')}\n`,
    );
    return exitCode;
  },
  async sort(process, args) {
    const { operands } = splitOptions(args);
    const { content, exitCode } = await readFiles(process, operands);
    process.say(
      linesOf(content)
        .sort()
        .map(line => `${line}\n`)
        .join(''),
    );
    return exitCode;
  },
  async tee(process, args) {
    const { has, operands } = splitOptions(args);
    const files = operands.map(path =>
      process.open(path, has('a') ? 'append' : 'write'),
    );
    const content = await process.input.readAll();
    process.say(content);
    files.forEach(file => file.write!(content));
  },
};
