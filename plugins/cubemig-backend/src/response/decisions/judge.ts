import { DecisionVerdict, ResponseRule } from '@cubemig/plugin-cubemig-common';
import { randomUUID } from 'node:crypto';
import { askGuards, GuardFacts } from '../guards';
import { DecisionRecord } from './DecisionStore';

/** Decides what to do about an alert that a rule has matched. */
export function judge(facts: GuardFacts): DecisionRecord {
  const { alert, rule, targetCluster, touchesPod, now, config } = facts;
  const verdict = findVerdict(facts);
  const createdAt = new Date(now).toISOString();
  const status = {
    act: 'pending',
    ask: 'awaiting-approval',
    'dry-run': 'not-acted',
    suppress: 'not-acted',
  } as const;
  const lapsesAt = new Date(now + config.approvalSeconds * 1000);
  return {
    id: randomUUID(),
    alert: alert.id,
    rule: { id: rule.id, name: rule.name, revision: rule.revision },
    action: rule.action,
    mode: rule.mode,
    ...verdict,
    status: status[verdict.verdict],
    cluster: alert.cluster,
    falcoRule: alert.rule,
    namespace: alert.namespace,
    pod: alert.pod,
    workload: alert.workload,
    entityRef: alert.entityRef,
    targetCluster,
    createdAt,
    updatedAt: createdAt,
    expiresAt: verdict.verdict === 'ask' ? lapsesAt.toISOString() : undefined,
    lineage: alert.lineage,
    kubernetesId: alert.kubernetesId,
    touchesPod,
  };
}

/** What a rule says about an alert now, and why. */
export function findVerdict(facts: GuardFacts): {
  verdict: DecisionVerdict;
  reason: string;
  guard?: string;
} {
  const { rule } = facts;
  const objection = askGuards(facts);
  if (objection) return { verdict: 'suppress', ...objection };
  return { verdict: verdictOf(rule), reason: reasonOf(rule) };
}

function verdictOf({ mode }: ResponseRule): DecisionVerdict {
  if (mode === 'auto') return 'act';
  return mode === 'approve' ? 'ask' : 'dry-run';
}

function reasonOf({ name, mode, action }: ResponseRule) {
  const matched = `The rule '${name}' matches`;
  if (mode === 'auto') return `${matched}, and acts by itself`;
  return mode === 'approve'
    ? `${matched}, and asks before it does '${action}'`
    : `${matched}; it is a dry run, otherwise '${action}' would be done`;
}
