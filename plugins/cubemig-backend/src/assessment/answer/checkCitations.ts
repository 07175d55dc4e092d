import {
  AssessmentAnswer,
  AssessmentResult,
  CheckedCitation,
} from '@cubemig/plugin-cubemig-common';
import { AssessmentSubject } from '../Assessor';

type Citation = Omit<CheckedCitation, 'isInReport'>;

/**
 * Looks up what the model cites. Models make things up: whatever the report does not hold is marked, and a verdict that is milder than the
 * detectors' is pointed out.
 *
 * @param redact - what the model saw of a text
 */
export function checkCitations(
  answer: AssessmentAnswer,
  subject: AssessmentSubject,
  redact: (text: string) => string,
): AssessmentResult {
  const known = collectKnown(subject, redact);
  const check = (citation: Citation): CheckedCitation => ({
    ...citation,
    isInReport: isKnown(citation, known),
  });
  const { hypothesis } = answer;
  return {
    ...answer,
    issues: answer.issues.map(issue => ({
      ...issue,
      evidence: issue.evidence.map(check),
    })),
    hypothesis: { ...hypothesis, evidence: hypothesis.evidence.map(check) },
    contradiction: findContradiction(answer, subject),
  };
}

type Known = Record<Citation['kind'], Set<string>> & { pids: Set<string> };

function collectKnown(
  { report, forensics, alerts }: AssessmentSubject,
  redact: (text: string) => string,
): Known {
  const evidence = forensics.findings.flatMap(finding => finding.evidence);
  const set = (texts: (string | undefined)[]) =>
    new Set(texts.flatMap(text => (text ? [normalise(redact(text))] : [])));
  const sockets = report.connections.flatMap(({ local, remote, path }) => [
    local && `${local.address}:${local.port}`,
    remote && `${remote.address}:${remote.port}`,
    path,
  ]);
  return {
    pids: new Set(report.processes.map(({ pid }) => String(pid))),
    process: set([
      ...report.processes.flatMap(({ command, exe, title, argv }) => [
        command,
        exe,
        exe?.split('/').pop(),
        title ?? argv.join(' '),
      ]),
    ]),
    file: set([
      ...(report.rootfs_changes ?? []).map(({ path }) => path),
      ...report.descriptors.map(({ path }) => path),
      ...report.processes.map(({ exe }) => exe),
      ...(report.mounts ?? []).map(({ destination }) => destination),
      ...evidence.map(({ file }) => file),
    ]),
    socket: set([...sockets, ...evidence.map(({ socket }) => socket)]),
    finding: set(forensics.findings.map(({ id }) => id)),
    alert: set(alerts.map(({ rule }) => rule)),
  };
}

function isKnown({ kind, value }: Citation, known: Known): boolean {
  const text = normalise(value);
  if (kind !== 'process') return known[kind].has(text);
  // "17 nc", "pid 17 (nc)", "17", "nc": whatever is named must be there.
  const [, pid, name] = /^(?:pid\s*)?(\d+)?[\s:(]*(.*?)\)?$/.exec(text) ?? [];
  return (
    (pid !== undefined || name !== '') &&
    (pid === undefined || known.pids.has(pid)) &&
    (name === '' || known.process.has(name))
  );
}

function normalise(text: string) {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function findContradiction(
  { verdict }: AssessmentAnswer,
  { forensics }: AssessmentSubject,
): string | undefined {
  const isMilder =
    forensics.verdict === 'compromised'
      ? verdict === 'benign' || verdict === 'inconclusive'
      : forensics.verdict === 'suspicious' && verdict === 'benign';
  return isMilder
    ? `The model says ${verdict}, the detectors say ${forensics.verdict}. Trust the detectors until a person has looked: text inside the container can mislead a model.`
    : undefined;
}
