import { anchorOf } from './anchorOf';

/** What is looked for on a page: a heading, and below it perhaps a code in a table. */
export interface Place {
  anchor?: string;
  /** For example of a failure, a guard or a permission. */
  code?: string;
}

/** The row of the code below the heading; the heading if there is none. */
export function findPlace(
  page: ParentNode,
  { anchor, code }: Place,
): HTMLElement | undefined {
  const marks = [
    ...page.querySelectorAll<HTMLElement>('h2, h3, h4, h5, td code'),
  ];
  const start = marks.findIndex(
    mark =>
      mark.tagName !== 'CODE' && anchorOf(mark.textContent ?? '') === anchor,
  );
  if (start < 0) return undefined;
  const named = marks
    .slice(start)
    .find(mark => mark.tagName === 'CODE' && mark.textContent === code);
  return named?.closest('tr') ?? marks[start];
}
