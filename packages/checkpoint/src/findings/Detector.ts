import { Evidence, Finding, Severity } from '@cubemig/plugin-cubemig-common';
import { groupBy } from '../grouping/groupBy';
import { Facts } from './Facts';

/** What a detector saw. What it leaves out is as the detector itself says. */
export interface Detection {
  severity: Severity;
  evidence: Evidence[];
  title?: string;
  technique?: Finding['technique'];
}

/** Looks for one thing. Pure: facts in, detections out. */
export interface Detector
  extends Pick<
    Finding,
    'id' | 'title' | 'technique' | 'explanation' | 'remedy'
  > {
  detect(facts: Facts): Detection[];
}

/** One detection of several pieces of evidence; none without any. */
export function detectionOf(
  severity: Severity,
  evidence: Evidence[],
): Detection[] {
  return evidence.length > 0 ? [{ severity, evidence }] : [];
}

/** Evidence sorted by how grave it is: one detection a severity. */
export function detectionsBySeverity(
  seen: { severity: Severity; evidence: Evidence }[],
): Detection[] {
  return [...groupBy(seen, ({ severity }) => severity)].map(
    ([severity, group]) => ({
      severity,
      evidence: group.map(({ evidence }) => evidence),
    }),
  );
}
