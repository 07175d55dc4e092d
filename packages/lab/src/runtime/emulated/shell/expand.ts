import { posix } from 'node:path';
import type { ContainerFiles } from '../ContainerFiles';
import type { Part, Word } from './tokens';

/** What expansion asks of the shell that it happens in. */
export interface Expansion {
  files: ContainerFiles;
  workingDirectory: string;
  valueOf(name: string): string;
  /** The output of a script. */
  outputOf(script: string): Promise<string>;
}

/** Some characters, and whether they may be split and matched with files. */
type Piece = { text: string; isFixed: boolean };

/** A word as one text, as in an assignment: nothing is split. */
export async function expandText(
  word: Word,
  expansion: Expansion,
): Promise<string> {
  const texts: string[] = [];
  for (const part of word) {
    texts.push(await valueOf(part, expansion));
  }
  return replaceHome(word, texts.join(''), expansion);
}

/** Words as fields: variables and outputs are split at white space, patterns become the names of files. */
export async function expandWords(
  words: Word[],
  expansion: Expansion,
): Promise<string[]> {
  const fields: string[] = [];
  for (const word of words) {
    for (const field of await splitFields(word, expansion)) {
      const isPattern = field.some(
        ({ text, isFixed }) => !isFixed && /[*?[]/.test(text),
      );
      const text = field.map(piece => piece.text).join('');
      const matches = isPattern ? matchFiles(field, expansion) : [];
      fields.push(
        ...(matches.length > 0
          ? matches
          : [replaceHome(word, text, expansion)]),
      );
    }
  }
  return fields;
}

async function splitFields(
  word: Word,
  expansion: Expansion,
): Promise<Piece[][]> {
  const fields: Piece[][] = [];
  let current: Piece[] | undefined;
  for (const part of word) {
    const value = await valueOf(part, expansion);
    if (part.isQuoted || part.kind === 'text') {
      current = [...(current ?? []), { text: value, isFixed: part.isQuoted }];
    } else {
      const [first, ...more] = value.split(/\s+/);
      for (const [index, text] of [first, ...more].entries()) {
        if (index > 0 && current) {
          fields.push(current);
          current = undefined;
        }
        if (text) {
          current = [...(current ?? []), { text, isFixed: false }];
        }
      }
    }
  }
  return current ? [...fields, current] : fields;
}

async function valueOf(part: Part, expansion: Expansion): Promise<string> {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'variable':
      return expansion.valueOf(part.name);
    default:
      return (await expansion.outputOf(part.script)).replace(/\n+$/, '');
  }
}

function replaceHome(
  [first]: Word,
  text: string,
  { valueOf: lookUp }: Expansion,
): string {
  const isHome =
    first?.kind === 'text' && !first.isQuoted && /^~(\/|$)/.test(text);
  return isHome ? `${lookUp('HOME') || '/root'}${text.slice(1)}` : text;
}

function matchFiles(
  field: Piece[],
  { files, workingDirectory }: Expansion,
): string[] {
  // A sign that is fixed stands for itself: between brackets it matches nothing else.
  const pattern = field
    .map(({ text, isFixed }) =>
      isFixed ? text.replace(/[*?[]/g, '[$&]') : text,
    )
    .join('');
  const isAbsolute = pattern.startsWith('/');
  let found = [isAbsolute ? '/' : ''];
  for (const step of pattern.split('/').filter(Boolean)) {
    const expression = toExpression(step);
    found = found.flatMap(folder => {
      const names = files.list(posix.resolve(workingDirectory, folder)) ?? [];
      return names
        .filter(
          name =>
            expression.test(name) &&
            (step.startsWith('.') || !name.startsWith('.')),
        )
        .map(name => posix.join(folder, name));
    });
  }
  return found;
}

/** What a pattern of file names (`*.log`, `id_?sa`) matches. */
export function toExpression(pattern: string): RegExp {
  const source = pattern.replace(
    /\[!?[^\]]+\]|[*?]|[.+^${}()|\\[\]]/g,
    sign => {
      if (sign === '*') {
        return '.*';
      }
      if (sign === '?') {
        return '.';
      }
      return sign.length > 1
        ? sign.replace(/\\/g, '\\\\').replace(/^\[!/, '[^')
        : `\\${sign}`;
    },
  );
  return new RegExp(`^${source}$`);
}
