import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { CommandProcess } from '../commands/CommandProcess';
import { Descriptor, openPipe } from '../commands/Descriptor';
import { BUILTINS } from './builtins';
import { Exit } from './Exit';
import { Expansion, expandText, expandWords } from './expand';
import {
  Command,
  parseScript,
  Pipeline,
  Redirection,
  Script,
} from './parseScript';
import { redirect } from './redirect';
import { SyntaxProblem, type Word } from './tokens';
import { valueOf } from './valueOf';

const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const KILLED = 137;
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

/** What a shell keeps between two lines. */
export class Shell {
  lastExitCode = 0;
  lastBackgroundPid = 0;
  readonly background = new Set<Promise<number>>();

  constructor(
    readonly process: CommandProcess,
    /** `$0`, `$1` ... */
    public parameters: string[] = ['sh'],
  ) {}

  /** Runs a script; what cannot be read is said on the standard error. */
  async runText(text: string): Promise<number> {
    let script: Script;
    try {
      script = parseScript(text);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) {
        throw error;
      }
      this.process.complain(error.message);
      return 2;
    }
    return this.run(script);
  }

  async run(script: Script): Promise<number> {
    for (const pipeline of script) {
      if (this.process.isKilled) {
        return KILLED;
      }
      const { when, isBackground } = pipeline;
      const isDue =
        when === 'always' ||
        (when === 'succeeded') === (this.lastExitCode === 0);
      if (isDue && isBackground) {
        this.#runInBackground(pipeline);
        this.lastExitCode = 0;
      } else if (isDue) {
        this.lastExitCode = await this.#runPipeline(pipeline);
      }
    }
    return this.lastExitCode;
  }

  #runInBackground(pipeline: Pipeline): void {
    const shell = this.#fork();
    // Nobody waits for it: the one who started it may go.
    shell.process.leader = shell.process;
    this.lastBackgroundPid = shell.process.pid;
    const ended = Exit.codeOf(() => shell.#runPipeline(pipeline))
      .catch(() => 1)
      .finally(() => {
        shell.process.exit();
        this.background.delete(ended);
      });
    this.background.add(ended);
  }

  async #runPipeline({ commands, isNegated }: Pipeline): Promise<number> {
    let exitCode: number;
    if (commands.length === 1) {
      exitCode = await this.#runCommand(commands[0]);
    } else {
      const pipes = commands.slice(1).map(() => openPipe());
      const codes = await Promise.all(
        commands.map(async (command, index) => {
          const shell = this.#fork();
          const [before, after] = [pipes[index - 1], pipes[index]];
          if (before) {
            shell.process.place({ source: before.source }, 0);
          }
          if (after) {
            shell.process.place({ write: after.write }, 1);
          }
          try {
            return await Exit.codeOf(() => shell.#runCommand(command));
          } finally {
            after?.close?.();
            shell.process.exit();
          }
        }),
      );
      exitCode = codes[codes.length - 1];
    }
    return isNegated ? Number(exitCode === 0) : exitCode;
  }

  async #runCommand(command: Command): Promise<number> {
    if (command.kind === 'simple') {
      return this.#runSimple(command.words, command.redirections);
    }
    if (command.kind === 'group' && command.isSubshell) {
      const shell = this.#fork();
      try {
        return await shell.#withRedirections(command.redirections, () =>
          Exit.codeOf(() => shell.run(command.body)),
        );
      } finally {
        shell.process.exit();
      }
    }
    return this.#withRedirections(command.redirections, () =>
      this.#runCompound(command),
    );
  }

  async #runCompound(
    command: Exclude<Command, { kind: 'simple' }>,
  ): Promise<number> {
    switch (command.kind) {
      case 'group':
        return this.run(command.body);
      case 'if': {
        for (const { test, body } of command.branches) {
          if ((await this.run(test)) === 0) {
            return this.run(body);
          }
        }
        this.lastExitCode = 0;
        return this.run(command.orElse);
      }
      case 'for': {
        let exitCode = 0;
        for (const value of await expandWords(
          command.words,
          this.#expansion(),
        )) {
          this.process.environment.set(command.variable, value);
          exitCode = await this.run(command.body);
        }
        return exitCode;
      }
      default: {
        let exitCode = 0;
        const goesOn = async () =>
          ((await this.run(command.test)) === 0) !== command.isUntil;
        while (!this.process.isKilled && (await goesOn())) {
          exitCode = await this.run(command.body);
          // A loop that waits for nothing must not hold up the node.
          await yieldToOthers();
        }
        return exitCode;
      }
    }
  }

  async #runSimple(
    words: Word[],
    redirections: Redirection[],
  ): Promise<number> {
    const count = words.findIndex(word => !isAssignment(word));
    const assignments = words.slice(0, count < 0 ? words.length : count);
    const argv = await expandWords(
      words.slice(assignments.length),
      this.#expansion(),
    );
    if (argv.join(' ') === 'exec') {
      // Its redirections are for all that follows.
      await this.#redirect(redirections);
      return 0;
    }
    if (argv.length === 0 || Object.hasOwn(BUILTINS, argv[0])) {
      return this.#withRedirections(redirections, async () => {
        await this.#assign(assignments, this.process);
        const [name, ...args] = argv;
        return name === undefined ? 0 : (await BUILTINS[name](this, args)) ?? 0;
      });
    }
    const child = this.#fork();
    try {
      await this.#assign(assignments, child.process);
      return await child.#withRedirections(redirections, () =>
        child.#execute(argv),
      );
    } finally {
      child.process.exit();
    }
  }

  async #execute(argv: string[]): Promise<number> {
    const { process } = this;
    try {
      return await process.host.execute(process, argv);
    } catch (error) {
      const { message } = error as Error;
      process.complain(`${argv[0]}: ${message}`);
      return message === 'Exec format error' ? NOT_EXECUTABLE : NOT_FOUND;
    }
  }

  async #assign(words: Word[], { environment }: CommandProcess): Promise<void> {
    for (const word of words) {
      const text = await expandText(word, this.#expansion());
      const separator = text.indexOf('=');
      environment.set(text.slice(0, separator), text.slice(separator + 1));
    }
  }

  /** Does something with other descriptors, and puts the old ones back. */
  async #withRedirections(
    redirections: Redirection[],
    action: () => Promise<number>,
  ): Promise<number> {
    const { process } = this;
    const before = new Map(process.descriptors);
    const opened: Descriptor[] = [];
    try {
      opened.push(...(await this.#redirect(redirections)));
    } catch (error) {
      process.descriptors = before;
      return process.complain((error as Error).message);
    }
    try {
      return await action();
    } finally {
      opened.forEach(descriptor => descriptor.close?.());
      process.descriptors = before;
    }
  }

  /** Returns what it opened. */
  async #redirect(redirections: Redirection[]): Promise<Descriptor[]> {
    const opened: Descriptor[] = [];
    for (const { to, ...redirection } of redirections) {
      const target = await expandText(to, this.#expansion());
      const descriptor = await redirect(this.process, {
        ...redirection,
        target,
      });
      opened.push(...(descriptor ? [descriptor] : []));
    }
    return opened;
  }

  #fork(): Shell {
    const shell = new Shell(this.process.fork(), this.parameters);
    shell.lastExitCode = this.lastExitCode;
    return shell;
  }

  #expansion(): Expansion {
    const { process } = this;
    return {
      files: process.host.files,
      workingDirectory: process.workingDirectory,
      valueOf: name => valueOf(this, name),
      outputOf: script => this.#outputOf(script),
    };
  }

  async #outputOf(script: string): Promise<string> {
    const shell = this.#fork();
    const output: Buffer[] = [];
    shell.process.place({ write: bytes => output.push(bytes) }, 1);
    try {
      this.lastExitCode = await Exit.codeOf(() => shell.runText(script));
    } finally {
      shell.process.exit();
    }
    return Buffer.concat(output).toString();
  }
}

function isAssignment([first]: Word): boolean {
  return (
    first?.kind === 'text' && !first.isQuoted && ASSIGNMENT.test(first.text)
  );
}
