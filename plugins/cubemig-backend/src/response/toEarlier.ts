import { DecisionRecord } from './decisions';
import { EarlierDecision } from './guards';

/** What was decided right now, as guards look at it. */
export function toEarlier(decision: DecisionRecord): EarlierDecision {
  return {
    cluster: decision.cluster,
    lineage: decision.lineage,
    rule: decision.rule.id,
    action: decision.action,
    status: decision.status,
    createdAt: Date.parse(decision.createdAt),
    touchesPod: decision.touchesPod,
    wasUseless: false,
  };
}
