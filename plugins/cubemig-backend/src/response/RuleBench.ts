import { InputError, NotFoundError } from '@backstage/errors';
import {
  ResponseRule,
  RuleInput,
  ruleInputSchema,
  RuleRehearsal,
  RuleTestResult,
  ruleTestSchema,
} from '@cubemig/plugin-cubemig-common';
import { z } from 'zod';
import { AlertRecord, AlertStore } from '../alerts';
import { parseAlerts } from '../alerts/ingest';
import { normaliseAlert } from '../alerts/normalise';
import { ResponseActions } from './actions';
import { findVerdict } from './decisions';
import { findMatches } from './findMatches';
import { GuardFactsReader } from './guards';
import { explainMatch, RuleStore, Subject } from './rules';

const DAYS = 7;
const EXAMINED = 10_000;
const SHOWN = 50;

/** Tries rules out; nothing is decided or done. */
export class RuleBench {
  constructor(
    private readonly options: {
      actions: ResponseActions;
      alerts: Pick<AlertStore, 'getRecord' | 'listSince' | 'listOccurrences'>;
      facts: GuardFactsReader;
      rules: RuleStore;
    },
  ) {}

  /** @throws NotFoundError if there is no such alert; InputError if the pasted one is none */
  async test(test: z.output<typeof ruleTestSchema>): Promise<RuleTestResult> {
    const stored = test.alert ? await this.readAlert(test.alert) : undefined;
    const subject = stored ?? readPasted(test);
    const asked = test.rule
      ? [asResponseRule(test.rule)]
      : (await this.options.rules.list()).filter(({ mode }) => mode !== 'off');
    const rules: RuleTestResult['rules'] = [];
    for (const rule of asked) {
      const conditions = explainMatch(rule.match, subject);
      const matches = conditions.every(({ isMet }) => isMet);
      rules.push({
        ...(rule.id && { id: rule.id }),
        name: rule.name,
        isMatch: matches,
        conditions,
        ...(matches &&
          stored && { verdict: await this.findVerdict(stored, rule) }),
      });
      if (matches && !rule.continue) break;
    }
    return { rules };
  }

  /** What a rule would have matched of the last days' alerts. */
  async rehearse(rule: RuleInput): Promise<RuleRehearsal> {
    const { match, cooldownSeconds } = ruleInputSchema.parse(rule);
    const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
    const store = this.options.alerts;
    const alerts = await store.listSince(since, EXAMINED);
    const { matches, occurrences } = await findMatches(match, alerts, store);
    const readyAt = new Map<string, number>();
    const entries = matches.map(({ alert, at }) => {
      // Alerts without a pod have no workload to leave alone.
      const key = alert.lineage ?? alert.id;
      const time = Date.parse(at);
      const isCooledDown = time < (readyAt.get(key) ?? 0);
      if (!isCooledDown) readyAt.set(key, time + cooldownSeconds * 1000);
      return { ...describe(alert), isCooledDown };
    });
    return {
      since,
      examined: alerts.length,
      occurrences,
      matched: matches.length,
      actions: entries.filter(({ isCooledDown }) => !isCooledDown).length,
      alerts: entries.reverse().slice(0, SHOWN),
    };
  }

  private async findVerdict(alert: AlertRecord, rule: ResponseRule) {
    const action = this.options.actions.get(rule.action);
    const facts = await this.options.facts.read(
      alert,
      rule,
      action?.touchesPod ?? false,
    );
    const { verdict, reason } = findVerdict(facts);
    return { verdict, reason };
  }

  private async readAlert(id: string) {
    const alert = await this.options.alerts.getRecord(id);
    if (!alert) throw new NotFoundError(`alert: there is no alert '${id}'`);
    return alert;
  }
}

function readPasted(test: z.output<typeof ruleTestSchema>): Subject {
  const [pasted, ...others] = parseAlerts(test.payload ?? '');
  if (others.length > 0) throw new InputError('payload: give one alert');
  const now = new Date().toISOString();
  const alert = normaliseAlert(test.cluster ?? 'unknown', pasted.text, now);
  return {
    ...alert,
    namespace: alert.namespace ?? test.namespace,
    podLabels: test.labels ?? {},
  };
}

/** A rule that is not stored. */
function asResponseRule(rule: z.output<typeof ruleInputSchema>): ResponseRule {
  return {
    ...rule,
    id: '',
    revision: 0,
    position: 0,
    origin: 'user',
    updatedAt: '',
    updatedBy: '',
  };
}

function describe(alert: AlertRecord) {
  const { id, cluster, rule, priority, namespace, pod, lastAt } = alert;
  return { id, cluster, rule, priority, namespace, pod, lastAt };
}
