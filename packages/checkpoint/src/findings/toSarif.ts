import {
  Evidence,
  Finding,
  ForensicReport,
  Severity,
} from '@cubemig/plugin-cubemig-common';
import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';

const levels: Record<Severity, 'note' | 'warning' | 'error'> = {
  info: 'note',
  low: 'note',
  medium: 'warning',
  high: 'error',
  critical: 'error',
};

/** The scale of code scanning services: CVSS-like, 0 to 10. */
const securitySeverity: Record<Severity, string> = {
  info: '0.0',
  low: '3.0',
  medium: '5.5',
  high: '8.0',
  critical: '9.5',
};

/**
 * Findings as SARIF 2.1.0 (OASIS), which code scanning services read.
 *
 * @param reports - each with the archive's path, or whatever else names the checkpoint
 */
export function toSarif(
  reports: { archive: string; forensics: ForensicReport }[],
): object {
  const rules = new Map<string, Finding>();
  for (const { forensics } of reports) {
    for (const finding of forensics.findings) {
      if (!rules.has(finding.id)) {
        rules.set(finding.id, finding);
      }
    }
  }
  const ids = [...rules.keys()];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cubemig',
            version: '0.1.0',
            rules: [...rules.values()].map(toRule),
          },
        },
        results: reports.flatMap(({ archive, forensics }) =>
          forensics.findings.map(finding => ({
            ruleId: finding.id,
            ruleIndex: ids.indexOf(finding.id),
            level: levels[finding.severity],
            message: {
              text: `${finding.title}: ${finding.evidence
                .map(({ detail }) => detail)
                .join('; ')}`,
            },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: toUri(archive) },
                },
                logicalLocations: finding.evidence.map(toLogicalLocation),
              },
            ],
            partialFingerprints: {
              'cubemigFinding/v1': [
                finding.id,
                forensics.namespace,
                forensics.pod,
                forensics.container,
              ]
                .filter(part => part)
                .join('/'),
            },
            properties: { severity: finding.severity },
          })),
        ),
      },
    ],
  };
}

function toRule({
  id,
  title,
  explanation,
  remedy,
  technique,
  severity,
}: Finding) {
  return {
    id,
    name: id.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: { text: remedy },
    helpUri: `https://attack.mitre.org/techniques/${technique.id.replace(
      '.',
      '/',
    )}/`,
    properties: {
      tags: ['security', `mitre/${technique.id}`],
      'security-severity': securitySeverity[severity],
    },
  };
}

function toLogicalLocation({ pid, command, file, socket, address }: Evidence) {
  const name = file ?? socket ?? address ?? command ?? 'container';
  return {
    name,
    fullyQualifiedName: pid === undefined ? name : `process/${pid}/${name}`,
    kind: pid === undefined ? 'resource' : 'process',
  };
}

function toUri(archive: string): string {
  return isAbsolute(archive) ? pathToFileURL(archive).href : encodeURI(archive);
}
