import { splitTokens, SyntaxProblem, type Token, type Word } from './tokens';

/** `2>&1`, `> file` ...; without a descriptor the operator's own. */
export interface Redirection {
  operator: string;
  descriptor?: number;
  to: Word;
}

export type Command = { redirections: Redirection[] } & (
  | { kind: 'simple'; words: Word[] }
  /** `{ ...; }`, or `( ... )`, which leaves the shell as it was. */
  | { kind: 'group'; body: Script; isSubshell: boolean }
  | { kind: 'if'; branches: { test: Script; body: Script }[]; orElse: Script }
  | { kind: 'while'; test: Script; body: Script; isUntil: boolean }
  | { kind: 'for'; variable: string; words: Word[]; body: Script }
);

/** Commands that pass their output on, and when they run: always, or by the exit code before them. */
export interface Pipeline {
  when: 'always' | 'succeeded' | 'failed';
  commands: Command[];
  isBackground: boolean;
  isNegated: boolean;
}

export type Script = Pipeline[];

const CONDITIONS: Record<string, Pipeline['when']> = {
  '&&': 'succeeded',
  '||': 'failed',
};
/** A command cannot begin with these: they end what is around it. */
const ENDS = ['then', 'elif', 'else', 'fi', 'do', 'done', '}'];

class Parser {
  #at = 0;

  constructor(private readonly tokens: Token[]) {}

  expectEnd(): void {
    if (this.#at < this.tokens.length) {
      throw new SyntaxProblem(`\`${textOf(this.tokens[this.#at])}' unexpected`);
    }
  }

  readScript(): Script {
    const script: Script = [];
    let when: Pipeline['when'] = 'always';
    for (;;) {
      while (this.#takeOperator(';')) {
        when = 'always';
      }
      if (this.#isAtEnd()) {
        return script;
      }
      const isNegated = this.#takeWord('!');
      const commands = [this.#readCommand()];
      while (this.#takeOperator('|') || this.#takeOperator('|&')) {
        commands.push(this.#readCommand());
      }
      const isBackground = this.#takeOperator('&');
      script.push({ when, commands, isBackground, isNegated });
      const condition = Object.keys(CONDITIONS).find(operator =>
        this.#takeOperator(operator),
      );
      when = condition ? CONDITIONS[condition] : 'always';
    }
  }

  #readCommand(): Command {
    const words: Word[] = [];
    const command = this.#readCompound() ?? { kind: 'simple' as const, words };
    const redirections: Redirection[] = [];
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (!isOperator(token)) {
        if (command.kind !== 'simple') {
          break;
        }
        words.push(token);
      } else if (/[<>]/.test(token.operator)) {
        const to = this.tokens[this.#at + 1];
        if (to === undefined || isOperator(to)) {
          throw new SyntaxProblem('a file name is missing');
        }
        redirections.push({ ...token, to });
        this.#at += 1;
      } else {
        break;
      }
      this.#at += 1;
    }
    if (command.kind === 'simple' && words.length + redirections.length === 0) {
      throw new SyntaxProblem(`\`${textOf(this.#peek())}' unexpected`);
    }
    return { ...command, redirections };
  }

  #readCompound() {
    if (this.#takeOperator('(')) {
      const body = this.readScript();
      this.#expect(this.#takeOperator(')'), ')');
      return { kind: 'group' as const, body, isSubshell: true };
    }
    if (this.#takeWord('{')) {
      return {
        kind: 'group' as const,
        body: this.#readUntil('}'),
        isSubshell: false,
      };
    }
    if (this.#takeWord('if')) {
      return this.#readIf();
    }
    if (this.#takeWord('for')) {
      return this.#readFor();
    }
    const isUntil = this.#takeWord('until');
    if (isUntil || this.#takeWord('while')) {
      const test = this.#readUntil('do');
      const body = this.#readUntil('done');
      return { kind: 'while' as const, test, body, isUntil };
    }
    return undefined;
  }

  #readIf() {
    const branches = [];
    do {
      const test = this.#readUntil('then');
      branches.push({ test, body: this.readScript() });
    } while (this.#takeWord('elif'));
    const orElse = this.#takeWord('else') ? this.readScript() : [];
    this.#expect(this.#takeWord('fi'), 'fi');
    return { kind: 'if' as const, branches, orElse };
  }

  #readFor() {
    const variable = textOf(this.tokens[this.#at]);
    this.#at += 1;
    const words: Word[] = [];
    if (this.#takeWord('in')) {
      for (let token = this.#peek(); token && !isOperator(token); ) {
        words.push(token);
        this.#at += 1;
        token = this.#peek();
      }
    }
    this.#takeOperator(';');
    this.#expect(this.#takeWord('do'), 'do');
    return {
      kind: 'for' as const,
      variable,
      words,
      body: this.#readUntil('done'),
    };
  }

  #readUntil(end: string): Script {
    const script = this.readScript();
    this.#expect(this.#takeWord(end), end);
    return script;
  }

  #expect(isThere: boolean, what: string): void {
    if (!isThere) {
      throw new SyntaxProblem(`\`${what}' is missing`);
    }
  }

  #isAtEnd(): boolean {
    const token = this.#peek();
    return (
      token === undefined ||
      (isOperator(token)
        ? token.operator === ')'
        : ENDS.includes(textOf(token)))
    );
  }

  #peek(): Token | undefined {
    return this.tokens[this.#at];
  }

  #takeOperator(operator: string): boolean {
    const token = this.#peek();
    const isIt =
      token !== undefined && isOperator(token) && token.operator === operator;
    this.#at += isIt ? 1 : 0;
    return isIt;
  }

  #takeWord(text: string): boolean {
    const token = this.#peek();
    const isIt =
      token !== undefined && !isOperator(token) && textOf(token) === text;
    this.#at += isIt ? 1 : 0;
    return isIt;
  }
}

/** Reads a script of a POSIX shell; throws a SyntaxProblem on what this shell does not know. */
export function parseScript(script: string): Script {
  const parser = new Parser(splitTokens(script));
  const parsed = parser.readScript();
  parser.expectEnd();
  return parsed;
}

function isOperator(token: Token): token is Exclude<Token, Word> {
  return 'operator' in token;
}

/** Of an operator, or of a word that is not quoted: reserved words lose their meaning in quotes. */
function textOf(token: Token | undefined): string {
  if (token === undefined) {
    return 'end of script';
  }
  if (isOperator(token)) {
    return token.operator;
  }
  const [part] = token;
  return token.length === 1 && part.kind === 'text' && !part.isQuoted
    ? part.text
    : '';
}
