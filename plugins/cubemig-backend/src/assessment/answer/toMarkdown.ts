import { Assessment, CheckedCitation } from '@cubemig/plugin-cubemig-common';

/** An assessment as text for people. What the model wrote cannot become markup, a link or an image. */
export function toMarkdown(assessment: Assessment): string | undefined {
  const { result, model, disclosure, finishedAt, container } = assessment;
  if (!result) return undefined;
  const { verdict, confidence, hypothesis, contradiction } = result;
  const lines = [
    `# Assessment of ${plain(container)}`,
    '',
    `**${verdict}**, confidence ${Math.round(confidence * 100)} %. By ${plain(
      model,
    )}, ${finishedAt ?? ''}.`,
    ...(contradiction ? ['', `> **Contradiction:** ${contradiction}`] : []),
    '',
    '## What happened',
    '',
    plain(hypothesis.text),
    ...cite(hypothesis.evidence),
    ...section('Issues', result.issues, issue => [
      `### ${plain(issue.title)} (${issue.severity})`,
      '',
      plain(issue.explanation),
      ...cite(issue.evidence),
    ]),
    ...section('Corrective actions', result.correctiveActions, action => [
      `- **${plain(action.title)}** (${action.priority}): ${plain(
        action.explanation,
      )}`,
    ]),
    ...section('Threats', result.threats, threat => [
      `- **${plain(threat.title)}**: ${plain(threat.explanation)}`,
    ]),
    ...section('MITRE ATT&CK', result.mitre, ({ id, name }) => [
      `- [${id}](https://attack.mitre.org/techniques/${id.replace(
        '.',
        '/',
      )}/) ${plain(name)}`,
    ]),
    ...(disclosure
      ? [
          '',
          '## What the model was told',
          '',
          `${disclosure.promptCharacters} characters. Withheld: ${
            disclosure.redactions
              .map(({ kind, count }) => `${count} × ${kind}`)
              .join(', ') || 'nothing'
          }. Left out for length: ${
            disclosure.leftOut
              .map(({ part, items }) => `${items} × ${part}`)
              .join(', ') || 'nothing'
          }.`,
        ]
      : []),
    '',
    'A language model wrote this. Evidence marked “not in the report” is its invention.',
    '',
  ];
  return lines.join('\n');
}

function section<T>(title: string, items: T[], show: (item: T) => string[]) {
  return items.length > 0
    ? ['', `## ${title}`, '', ...items.flatMap(show)]
    : [];
}

function cite(citations: CheckedCitation[]) {
  return citations.length > 0
    ? [
        '',
        ...citations.map(
          ({ kind, value, isInReport }) =>
            `- ${kind} ${code(value)}${
              isInReport ? '' : ' (not in the report)'
            }`,
        ),
        '',
      ]
    : [];
}

function plain(text: string) {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>#|!~:]/g, '\\$&');
}

function code(text: string) {
  return `\`${text.replace(/[`\r\n]+/g, ' ')}\``;
}
