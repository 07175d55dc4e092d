import {
  Finding,
  ForensicReport,
  Severity,
} from '@cubemig/plugin-cubemig-common';
import { printable, printableLine } from './printable';
import { Terminal } from './Terminal';

/** Evidence beyond this is counted, not shown. */
const SHOWN_EVIDENCE = 10;

const colours = {
  info: 'dim',
  low: 'cyan',
  medium: 'yellow',
  high: 'red',
  critical: 'magenta',
} as const satisfies Record<Severity, string>;

/** What the detectors say, in words for a person. */
export function formatFindings(
  archive: string,
  forensics: ForensicReport,
  terminal: Terminal,
): string {
  const { verdict, score, namespace, pod, container, findings } = forensics;
  const where = [namespace, pod, container].filter(part => part).join('/');
  const colour = {
    clean: 'green',
    suspicious: 'yellow',
    compromised: 'red',
  } as const;
  const lines = [
    '',
    terminal.style('bold', printableLine(`${archive}: ${where}`)),
    `Verdict: ${terminal.style(
      colour[verdict],
      verdict,
    )}, score ${score} of 100`,
    ...findings.flatMap(finding => formatFinding(finding, terminal)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function formatFinding(finding: Finding, terminal: Terminal): string[] {
  const { severity, title, technique, evidence, explanation, remedy, id } =
    finding;
  const more = evidence.length - SHOWN_EVIDENCE;
  return [
    '',
    `${terminal.style(
      colours[severity],
      severity.toUpperCase(),
    )}  ${terminal.style('bold', title)}  ${terminal.style(
      'dim',
      `${id}, ${technique.id} ${technique.name}`,
    )}`,
    ...evidence
      .slice(0, SHOWN_EVIDENCE)
      .map(
        ({ detail }) => `  - ${printable(detail).replaceAll('\n', '\n    ')}`,
      ),
    ...(more > 0 ? [`  - and ${more} more`] : []),
    terminal.style('dim', `  Why it matters: ${explanation}`),
    terminal.style('dim', `  What to do: ${remedy}`),
  ];
}
