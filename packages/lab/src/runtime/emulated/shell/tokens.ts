/** A part of a word. What is quoted is neither split into fields nor matched with files. */
export type Part =
  | { kind: 'text'; text: string; isQuoted: boolean }
  | { kind: 'variable'; name: string; isQuoted: boolean }
  /** Becomes the output of a script. */
  | { kind: 'script'; script: string; isQuoted: boolean };

export type Word = Part[];

/** A word, or an operator as its text; a line end is the operator `;`. */
export type Token = Word | { operator: string; descriptor?: number };

const OPERATORS = [
  ...['&>>', '<<<', '&&', '||', ';;', '&>', '>>', '>&', '<&', '<>', '>|'],
  ...['|&', '>', '<', '|', '&', ';', '(', ')', '\n'],
];
const SPECIAL_VARIABLE = /^\$(?:\{(\w+)\}|(\w+)|([?$!#@*]))/;
const PLAIN_TEXT = /^[^\s'"|&;<>()`$\\]+/;

export class SyntaxProblem extends Error {
  constructor(message: string) {
    super(`syntax error: ${message}`);
  }
}

/** Cuts a script into tokens; throws a SyntaxProblem on what has no end. */
export function splitTokens(script: string): Token[] {
  const tokens: Token[] = [];
  let word: Word | undefined;
  let at = 0;
  const add = (part: Part) => {
    word = [...(word ?? []), part];
  };
  const endWord = () => {
    if (word) {
      tokens.push(word);
    }
    word = undefined;
  };
  while (at < script.length) {
    const rest = script.slice(at);
    const operator = OPERATORS.find(text => rest.startsWith(text));
    const quoted = readQuoted(rest);
    if (operator) {
      const descriptor = /^[<>]/.test(operator) ? asNumber(word) : undefined;
      if (descriptor === undefined) {
        endWord();
      }
      word = undefined;
      tokens.push({
        operator: operator === '\n' ? ';' : operator,
        ...(descriptor === undefined ? {} : { descriptor }),
      });
      at += operator.length;
    } else if (/^\s/.test(rest)) {
      endWord();
      at += 1;
    } else if (rest.startsWith('#') && !word) {
      at += rest.search(/\n|$/);
    } else if (quoted) {
      quoted.parts.forEach(add);
      at += quoted.length;
    } else {
      const text = PLAIN_TEXT.exec(rest)?.[0] ?? rest[0];
      add({ kind: 'text', text, isQuoted: false });
      at += text.length;
    }
  }
  endWord();
  return tokens;
}

function asNumber(word: Word | undefined): number | undefined {
  const [part] = word ?? [];
  return word?.length === 1 &&
    part.kind === 'text' &&
    !part.isQuoted &&
    /^\d$/.test(part.text)
    ? Number(part.text)
    : undefined;
}

interface Quoted {
  parts: Part[];
  length: number;
}

/** Quotes, escapes and expansions at the beginning of a text. */
function readQuoted(text: string): Quoted | undefined {
  switch (text[0]) {
    case '\\':
      return {
        parts: [{ kind: 'text', text: text.slice(1, 2), isQuoted: true }],
        length: 2,
      };
    case "'": {
      const end = indexOfEnd(text, "'");
      return {
        parts: [{ kind: 'text', text: text.slice(1, end), isQuoted: true }],
        length: end + 1,
      };
    }
    case '"':
      return readDoubleQuoted(text);
    default:
      return readExpansion(text, false);
  }
}

function readDoubleQuoted(text: string): Quoted {
  const parts: Part[] = [{ kind: 'text', text: '', isQuoted: true }];
  let at = 1;
  while (text[at] !== '"') {
    if (at >= text.length) {
      throw new SyntaxProblem('unterminated quoted string');
    }
    const expansion = readExpansion(text.slice(at), true);
    const isEscape = text[at] === '\\' && '$`"\\\n'.includes(text[at + 1]);
    if (expansion) {
      parts.push(...expansion.parts);
      at += expansion.length;
    } else {
      at += isEscape ? 1 : 0;
      parts.push({ kind: 'text', text: text[at], isQuoted: true });
      at += 1;
    }
  }
  return { parts, length: at + 1 };
}

function readExpansion(text: string, isQuoted: boolean): Quoted | undefined {
  if (text[0] === '`') {
    const end = indexOfEnd(text, '`');
    const script = text.slice(1, end);
    return { parts: [{ kind: 'script', script, isQuoted }], length: end + 1 };
  }
  if (text.startsWith('$(')) {
    const length = lengthOfParentheses(text.slice(1)) + 1;
    const script = text.slice(2, length - 1);
    return { parts: [{ kind: 'script', script, isQuoted }], length };
  }
  const [whole, ...names] = SPECIAL_VARIABLE.exec(text) ?? [];
  const name = names.find(Boolean);
  return whole && name
    ? { parts: [{ kind: 'variable', name, isQuoted }], length: whole.length }
    : undefined;
}

function indexOfEnd(text: string, quote: string): number {
  const end = text.indexOf(quote, 1);
  if (end < 0) {
    throw new SyntaxProblem('unterminated quoted string');
  }
  return end;
}

/** Of a text that begins with `(`: up to where it is closed. */
function lengthOfParentheses(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "'") {
      at += indexOfEnd(text.slice(at), "'");
    } else if (text[at] === '(') {
      depth += 1;
    } else if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  throw new SyntaxProblem('unterminated parentheses');
}
