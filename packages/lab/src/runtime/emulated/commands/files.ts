import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { CommandProcess, SystemError } from './CommandProcess';
import { CommandProgram, forEach, splitOptions } from './CommandProgram';

const MISSING = 'No such file or directory';

/** unlinkat(2) for a file and for all that is in a folder, the folder last. */
function removeTree(process: CommandProcess, path: string): void {
  const names = process.list(path);
  names?.forEach(name => removeTree(process, posix.join(path, name)));
  process.unlink(path);
}

/** A file of the same name in a folder, where the target is one. */
function within(process: CommandProcess, source: string, target: string) {
  return process.list(target)
    ? posix.join(target, posix.basename(source))
    : target;
}

async function copyTree(
  process: CommandProcess,
  source: string,
  target: string,
): Promise<void> {
  const names = process.list(source);
  if (!names) {
    const content = await process.readFile(source);
    process.open(target, 'write').write!(content);
    const { files } = process.host;
    if (files.isExecutable(process.resolve(source))) {
      files.setExecutable(process.resolve(target), true);
    }
    return;
  }
  process.host.files.makeFolder(process.resolve(target));
  for (const name of names) {
    await copyTree(process, posix.join(source, name), posix.join(target, name));
  }
}

/** Whether chmod(1) lets a file be executed, or no longer; undefined if its mode, octal or symbolic, does not say. */
function executability(mode = ''): boolean | undefined {
  if (/^[0-7]+$/.test(mode)) {
    return (parseInt(mode, 8) & 0o111) !== 0;
  }
  const [, sign] = /([-+=])[rwXst]*x/.exec(mode) ?? [];
  return sign === undefined ? undefined : sign !== '-';
}

function requireTwo(process: CommandProcess, operands: string[]): boolean {
  return operands.length >= 2 || process.complain('missing file operand') === 0;
}

export const fileCommands: Record<string, CommandProgram> = {
  async ls(process, args) {
    const { has, operands } = splitOptions(args);
    const paths = operands.length ? operands : ['.'];
    const exitCode = await forEach(process, paths, path => {
      const names = process.list(path);
      if (!names && !process.isFile(path)) {
        throw new SystemError(MISSING);
      }
      const shown = names?.filter(
        name => has('a') || has('A') || !name.startsWith('.'),
      ) ?? [path];
      const head = paths.length > 1 && names ? `${path}:\n` : '';
      process.say(head + shown.map(name => `${name}\n`).join(''));
    });
    return exitCode && 2;
  },
  rm(process, args) {
    const { has, operands } = splitOptions(args);
    return forEach(process, operands, path => {
      const isFolder = process.list(path) !== undefined;
      if (isFolder && !has('r') && !has('R')) {
        throw new SystemError('Is a directory');
      }
      if (isFolder || process.isFile(path)) {
        removeTree(process, path);
      } else if (!has('f')) {
        throw new SystemError(MISSING);
      }
    });
  },
  rmdir(process, args) {
    return forEach(process, splitOptions(args).operands, path => {
      if (process.list(path)?.length) {
        throw new SystemError('Directory not empty');
      }
      process.unlink(path);
    });
  },
  mkdir(process, args) {
    const { operands } = splitOptions(args);
    return forEach(process, operands, path =>
      process.host.files.makeFolder(process.resolve(path)),
    );
  },
  touch(process, args) {
    return forEach(process, splitOptions(args).operands, path => {
      process.open(path, 'append');
    });
  },
  cp(process, args) {
    const { has, operands } = splitOptions(args);
    if (!requireTwo(process, operands)) {
      return 1;
    }
    const target = operands.at(-1)!;
    return forEach(process, operands.slice(0, -1), async source => {
      if (process.list(source) && !has('r') && !has('R') && !has('a')) {
        throw new SystemError('-r not specified; omitting directory');
      }
      await copyTree(process, source, within(process, source, target));
    });
  },
  mv(process, args) {
    const { operands } = splitOptions(args);
    if (!requireTwo(process, operands)) {
      return 1;
    }
    const target = operands.at(-1)!;
    return forEach(process, operands.slice(0, -1), async source => {
      await copyTree(process, source, within(process, source, target));
      removeTree(process, source);
    });
  },
  /** Of a mode an emulated container keeps whether the file may be executed. */
  chmod(process, args) {
    const [mode, ...paths] = args.filter(arg => !/^-[Rvcf]+$/.test(arg));
    return forEach(process, paths, path => {
      if (!process.isFile(path) && !process.list(path)) {
        throw new SystemError(MISSING);
      }
      const isExecutable = executability(mode);
      if (process.isFile(path) && isExecutable !== undefined) {
        process.host.files.setExecutable(process.resolve(path), isExecutable);
      }
    });
  },
  truncate(process, args) {
    const size = args.indexOf('-s');
    const paths = args.filter(
      (arg, at) => !arg.startsWith('-') && (size < 0 || at !== size + 1),
    );
    const length = Number(size < 0 ? 0 : args[size + 1]);
    return forEach(process, paths, async path => {
      const before = process.isFile(path)
        ? await process.readFile(path)
        : Buffer.alloc(0);
      const content = Buffer.alloc(length);
      before.copy(content);
      // truncate(1) opens without O_TRUNC and cuts with ftruncate(2).
      process.open(path, 'append');
      process.host.files.write(process.resolve(path), content);
    });
  },
  /** Overwrites with random bytes; `-u` removes then. */
  shred(process, args) {
    const count = args.indexOf('-n');
    const paths = args.filter(
      (arg, at) => !arg.startsWith('-') && (count < 0 || at !== count + 1),
    );
    const removes = args.some(arg => /^(-\w*u|--remove)/.test(arg));
    return forEach(process, paths, async path => {
      const { length } = await process.readFile(path);
      process.open(path, 'append');
      process.host.files.write(process.resolve(path), randomBytes(length));
      if (removes) {
        process.unlink(path);
      }
    });
  },
  async dd(process, args) {
    const options = new Map(
      args.map((arg): [string, string] => {
        const [name, value = ''] = arg.split('=');
        return [name, value];
      }),
    );
    const sizes: Record<string, number> = { k: 1024, M: 1024 ** 2 };
    const [, digits = '512', unit] =
      /^(\d+)([kM]?)/.exec(options.get('bs') ?? '') ?? [];
    const limit =
      Number(options.get('count') ?? 1) * Number(digits) * (sizes[unit] ?? 1);
    const from = options.get('if');
    const to = options.get('of');
    const maximum = Math.min(limit, 16 * 1024 ** 2);
    const devices: Record<string, () => Buffer> = {
      '/dev/zero': () => Buffer.alloc(maximum),
      '/dev/urandom': () => randomBytes(maximum),
    };
    try {
      const content = from
        ? devices[from]?.() ?? (await process.readFile(from))
        : await process.input.readAll();
      const output = to
        ? process.open(to, 'write')
        : process.descriptors.get(1);
      output?.write?.(content);
      return 0;
    } catch (error) {
      return process.complain((error as Error).message);
    }
  },
};
