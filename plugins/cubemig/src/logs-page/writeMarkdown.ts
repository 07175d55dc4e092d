import { Migration, TimelineEvent } from '@cubemig/plugin-cubemig-common';

/** A migration's log as a Markdown document. What clusters said stands in code, so that it cannot become markup. */
export function writeMarkdown(
  migration: Migration,
  events: TimelineEvent[],
): string {
  const { source, target, failure, warnings } = migration;
  const lines = [
    `# Migration of ${code(source.pod)}`,
    '',
    `- Status: ${migration.status}`,
    `- From: ${code(`${source.cluster}/${source.namespace}`)}`,
    ...(target
      ? [`- To: ${code(`${target.cluster}/${target.namespace}/${target.pod}`)}`]
      : []),
    `- Started: ${migration.startedAt ?? migration.createdAt}`,
    ...(migration.finishedAt ? [`- Finished: ${migration.finishedAt}`] : []),
    ...(failure
      ? ['', '## Failure', '', code(failure.message), '', code(failure.remedy)]
      : []),
    ...(warnings.length > 0
      ? ['', '## Warnings', '', ...warnings.map(text => `- ${code(text)}`)]
      : []),
    '',
    '## Timeline',
    '',
    '| Time | Step | Level | Event |',
    '| --- | --- | --- | --- |',
    ...events.map(
      ({ time, step = '', level, message }) =>
        `| ${time} | ${step} | ${level} | ${code(message).replace(
          /\|/g,
          '\\|',
        )} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** A code span that no backtick within can end (CommonMark, 6.1). */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(s => s.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
