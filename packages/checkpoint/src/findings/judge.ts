import { Finding, Severity, Verdict } from '@cubemig/plugin-cubemig-common';

/** What a finding adds to the score. One critical finding alone makes a verdict. */
const weights: Record<Severity, number> = {
  info: 0,
  low: 2,
  medium: 12,
  high: 30,
  critical: 70,
};

/** For sorting: the graver, the higher. */
export function rankSeverity(severity: Severity): number {
  return weights[severity];
}

/** A score and a verdict from findings, with what led to them. */
export function judge(findings: readonly Finding[]): Verdict {
  const score = Math.min(
    100,
    findings.reduce((sum, { severity }) => sum + weights[severity], 0),
  );
  const grave = findings.filter(
    ({ severity }) => weights[severity] >= weights.medium,
  );
  return {
    verdict: verdictOf(findings),
    score,
    reasons:
      grave.length > 0
        ? grave.map(
            ({ severity, title, evidence }) =>
              `${severity}: ${title} (${evidence[0].detail})`,
          )
        : ['no finding above low'],
  };
}

function verdictOf(findings: readonly Finding[]): Verdict['verdict'] {
  const count = (severity: Severity) =>
    findings.filter(finding => finding.severity === severity).length;
  if (count('critical') > 0 || count('high') >= 2) {
    return 'compromised';
  }
  return count('high') + count('medium') > 0 ? 'suspicious' : 'clean';
}
