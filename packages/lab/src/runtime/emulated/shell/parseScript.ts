/** One command of a script, its words expanded only when it runs. */
export interface Command {
  words: Word[];
  /** `> file` or `>> file`. */
  redirect?: { to: Word; appends: boolean };
}

/** Parts of a word: what is in single quotes is taken as it is, in all else variables are expanded. */
export type Word = { text: string; isLiteral: boolean }[];

/** Commands that pass their output on, and when they run: always, or by the exit code before them. */
export interface Pipeline {
  when: 'always' | 'succeeded' | 'failed';
  commands: Command[];
}

const OPERATORS = ['&&', '||', '>>', '>', '|', ';', '\n'];

/** Reads a script of simple commands; throws an Error on what this shell does not know. */
export function parseScript(script: string): Pipeline[] {
  const pipelines: Pipeline[] = [];
  let pipeline: Pipeline = { when: 'always', commands: [] };
  let command: Command = { words: [] };
  const endCommand = () => {
    if (command.words.length > 0) {
      pipeline.commands.push(command);
    }
    command = { words: [] };
  };
  const endPipeline = (when: Pipeline['when']) => {
    endCommand();
    if (pipeline.commands.length > 0) {
      pipelines.push(pipeline);
    }
    pipeline = { when, commands: [] };
  };
  const tokens = splitTokens(script);
  for (
    let token = tokens.shift();
    token !== undefined;
    token = tokens.shift()
  ) {
    if (typeof token !== 'string') {
      command.words.push(token);
    } else if (token === '>' || token === '>>') {
      const to = tokens.shift();
      if (to === undefined || typeof to === 'string') {
        throw new Error('syntax error: a file name is missing');
      }
      command.redirect = { to, appends: token === '>>' };
    } else if (token === '|') {
      endCommand();
    } else {
      endPipeline(
        ({ '&&': 'succeeded', '||': 'failed' } as const)[token as '&&'] ??
          'always',
      );
    }
  }
  endPipeline('always');
  return pipelines;
}

/** Words, and operators as texts. */
function splitTokens(script: string): (Word | string)[] {
  const tokens: (Word | string)[] = [];
  let word: Word | undefined;
  for (let at = 0; at < script.length; ) {
    const operator = OPERATORS.find(text => script.startsWith(text, at));
    const character = script[at];
    if (operator || character === ' ' || character === '\t') {
      if (word) {
        tokens.push(word);
        word = undefined;
      }
      if (operator) {
        tokens.push(operator);
      }
      at += operator?.length ?? 1;
    } else if (character === "'" || character === '"') {
      const end = script.indexOf(character, at + 1);
      if (end < 0) {
        throw new Error('syntax error: unterminated quoted string');
      }
      const text = script.slice(at + 1, end);
      word = [...(word ?? []), { text, isLiteral: character === "'" }];
      at = end + 1;
    } else if ('()`&<'.includes(character)) {
      throw new Error(
        `syntax error: '${character}' is more than this shell can`,
      );
    } else {
      const text = /^[^\s'"|&;<>()`]+/.exec(script.slice(at))![0];
      word = [...(word ?? []), { text, isLiteral: false }];
      at += text.length;
    }
  }
  return word ? [...tokens, word] : tokens;
}
