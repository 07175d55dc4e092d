import { anchorOf } from './anchorOf';
import { isDocName } from './docNames';

/** A page of the docs as the app shows it. */
export interface Doc {
  markdown: string;
  /** Its main parts. */
  sections: { title: string; anchor: string }[];
}

const FENCED = /(^ *```[^]*?^ *```)/m;
const PICTURE = /^!\[[^\]]*\]\([^)]*\)$/gm;
const LINK = /\[([^\]]+)\]\((?!https?:|#)([^)#\s]+)[^)\s]*\)/g;

/** Makes a page fit: without pictures, which show what is a click away here; its title below the app's own; what lies elsewhere in the repository as its path. */
export function prepareDoc(text: string): Doc {
  // Every other piece is a block of code.
  const pieces = text.split(FENCED);
  const isProse = (_: string, i: number) => i % 2 === 0;
  const titles = pieces
    .filter(isProse)
    .flatMap(prose => [...prose.matchAll(/^## (.*)$/gm)])
    .map(([, title]) => title.replace(/`/g, ''));
  return {
    markdown: pieces
      .map((piece, i) => (isProse(piece, i) ? prepareProse(piece) : piece))
      .join(''),
    sections: titles.map(title => ({ title, anchor: anchorOf(title) })),
  };
}

function prepareProse(prose: string): string {
  return prose
    .replace(PICTURE, '')
    .replace(/^#/gm, '##')
    .replace(LINK, (link, words, path) =>
      nameOf(path) ? link : `${words} (\`${pathFromRoot(path)}\`)`,
    );
}

function pathFromRoot(path: string): string {
  return new URL(path, 'file:///docs/').pathname.slice(1);
}

function nameOf(path: string) {
  const name = path.replace(/\.md$/, '');
  return isDocName(name) ? name : undefined;
}

/**
 * Where a link of a page leads within the app.
 *
 * @param base - the path below which the pages of the docs lie
 * @param current - the page on which the link stands
 */
export function resolveLink(href: string, base: string, current: string) {
  const [path, anchor] = href.split('#');
  const name = path ? nameOf(path) : current;
  if (!name) return href;
  return `${base}/${name}${anchor ? `#${anchor}` : ''}`;
}
