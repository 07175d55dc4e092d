import { printableLine } from './printable';

const MIN_WIDTH = 6;
const PADDING = 3;

/** A table as kubectl and checkpointctl print it: headings in capitals, a line of dashes, columns as wide as needed. */
export function formatTable(headings: string[], rows: string[][]): string {
  const lines = [
    headings.map(heading => heading.toUpperCase()),
    headings.map(heading => '-'.repeat(heading.length)),
    ...rows.map(row => row.map(printableLine)),
  ];
  const widths = headings.map((_, column) =>
    // Not Math.max(...): there may be more rows than a call takes arguments.
    lines.reduce(
      (width, line) => Math.max(width, [...line[column]].length + PADDING),
      MIN_WIDTH,
    ),
  );
  return lines
    .map(
      line =>
        `${line
          .map((cell, column) =>
            column === line.length - 1
              ? cell
              : cell + ' '.repeat(widths[column] - [...cell].length),
          )
          .join('')}\n`,
    )
    .join('');
}
