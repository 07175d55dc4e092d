import {
  Evidence,
  Finding,
  ForensicReport,
} from '@cubemig/plugin-cubemig-common';
import { Checkpoint } from '../report';
import { SecretMask } from '../secrets';
import { detectors } from './detectors';
import { collectFacts, Facts, FactsOptions } from './Facts';
import { judge, rankSeverity } from './judge';

/** A finding with a thousand pieces of evidence says no more than one with some. */
const MAX_EVIDENCE = 50;
const MAX_DETAIL = 1000;

/** What the detectors see in the facts, gravest first, without secrets. */
export function findFindings(facts: Facts, mask: SecretMask): Finding[] {
  return detectors
    .flatMap(({ detect, ...detector }) =>
      detect(facts).map(detection => ({ ...detector, ...detection })),
    )
    .map(finding => ({
      ...finding,
      evidence: finding.evidence
        .slice(0, MAX_EVIDENCE)
        .map(evidence => redact(evidence, mask)),
    }))
    .sort((a, b) => rankSeverity(b.severity) - rankSeverity(a.severity));
}

/**
 * Looks into a checkpoint and says what is wrong inside.
 *
 * @throws {@link ArchiveError} as {@link readReport} does
 */
export async function examine(
  checkpoint: Checkpoint,
  options: FactsOptions = {},
): Promise<ForensicReport> {
  const facts = await collectFacts(checkpoint, options);
  const findings = findFindings(facts, checkpoint.secretMask);
  const { report } = facts;
  return {
    ...judge(findings),
    container: report.container_name,
    pod: report.metadata?.pod_name,
    namespace: report.metadata?.kubernetes_namespace,
    image: report.image,
    checkpointed: report.checkpointed,
    findings,
    warnings: checkpoint.warnings.list(),
  };
}

function redact(evidence: Evidence, mask: SecretMask): Evidence {
  const detail = mask.text(evidence.detail);
  return {
    ...evidence,
    detail:
      detail.length > MAX_DETAIL ? `${detail.slice(0, MAX_DETAIL)}...` : detail,
  };
}
