import {
  Finding,
  ForensicReport,
  Severity,
} from '@cubemig/plugin-cubemig-common';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What code scanners sort by: GitHub takes `security-severity` as a CVSS score. */
const scores: Record<Severity, string> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

/** A report's findings as a SARIF 2.1.0 log. */
export function toSarif(report: ForensicReport): object {
  const { findings, image, container, pod, namespace } = report;
  const rules = [...new Map(findings.map(f => [f.id, f])).values()];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'CubeMig',
            rules: rules.map(toRule),
          },
        },
        properties: { image, container, pod, namespace },
        results: findings.map(finding => ({
          ruleId: finding.id,
          level: levels[finding.severity],
          message: {
            text: [
              finding.title,
              ...finding.evidence.map(({ detail }) => detail),
            ].join('\n'),
          },
          locations: toLocations(finding, report),
        })),
      },
    ],
  };
}

function toRule({
  id,
  title,
  explanation,
  remedy,
  severity,
  technique,
}: Finding) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: remedy },
    helpUri: `https://attack.mitre.org/techniques/${technique.id.replace(
      '.',
      '/',
    )}/`,
    properties: {
      tags: ['security', technique.id, technique.name],
      'security-severity': scores[severity],
    },
  };
}

/** Files as files of the container; what has none is in the container as a whole. */
function toLocations({ evidence }: Finding, { container }: ForensicReport) {
  const locations = evidence.map(({ file, pid, command, socket, address }) => ({
    ...(file && {
      physicalLocation: {
        artifactLocation: {
          // A hostile name may hold half a character, which no URI can.
          uri: encodeURI(Buffer.from(file).toString().replace(/^\/+/, '')),
          uriBaseId: 'ROOT',
        },
      },
    }),
    logicalLocations: [
      {
        name: container,
        kind: 'container',
        ...((pid || socket || address) && {
          properties: { pid, command, socket, address },
        }),
      },
    ],
  }));
  return locations.slice(0, 20);
}
