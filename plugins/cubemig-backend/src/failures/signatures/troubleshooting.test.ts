import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { signatures } from '.';

const page = resolve(__dirname, '../../../../../docs/troubleshooting.md');
const heading = ['What it says', 'What it means', 'What to do', 'Code'];

/** A Markdown table as Prettier aligns it. */
function renderTable(rows: string[][]) {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const [head, ...body] = rows.map(
    row => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`,
  );
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  return [head, rule, ...body].join('\n');
}

/** As it stands in the code, but for slashes, which need no escape outside of it, and bars, which do in a table. */
function showPattern({ source }: RegExp) {
  return `\`${source.replace(/\\\//g, '/').replace(/\|/g, '\\|')}\``;
}

/** `UPDATE_DOCS=1` writes the page's table instead of comparing it. */
it('is what the table of docs/troubleshooting.md says', () => {
  const table = renderTable([
    heading,
    ...signatures.map(({ pattern, code, message, remedy }) => [
      showPattern(pattern),
      message,
      remedy,
      `\`${code}\``,
    ]),
  ]);
  if (process.env.UPDATE_DOCS) {
    const text = readFileSync(page, 'utf8');
    writeFileSync(
      page,
      text.replace(/^\| What it says [^]*?(?=\n\n)/m, () => table),
    );
  }
  expect(readFileSync(page, 'utf8')).toContain(`\n${table}\n`);
});
