import { LoggerService } from '@backstage/backend-plugin-api';
import { Decision, ResponseRule } from '@cubemig/plugin-cubemig-common';
import {
  AlertLease,
  AlertLeaseLostError,
  AlertRecord,
  AlertStore,
  AskedRules,
  troubleOf,
} from '../alerts';
import { MigrationStore } from '../migration';
import { ResponseActions } from './actions';
import {
  DecisionChange,
  DecisionRecord,
  DecisionStore,
  judge,
} from './decisions';
import { endOf } from './endOf';
import { askGuards, GuardFactsReader } from './guards';
import { identifyRules, isMatch, listMetBy, RuleStore } from './rules';
import { toEarlier } from './toEarlier';

/** A cluster that does not tell about a pod may do so a little later; the guard `stale` ends that. */
const RETRY_MS = 5_000;

/** Told about decisions: for the page, the audit log, people and figures. */
export interface DecisionListener {
  onDecided(decision: DecisionRecord, alert: AlertRecord): Promise<void>;
  onChanged(decision: DecisionRecord): Promise<void>;
}

/** Decides about alerts, acts, and follows what comes of it. What fails about one of them holds up no other. */
export class Responder {
  constructor(
    private readonly options: {
      actions: ResponseActions;
      alerts: Pick<AlertStore, 'getRecord' | 'listDue'>;
      decisions: DecisionStore;
      facts: GuardFactsReader;
      listener: DecisionListener;
      logger: LoggerService;
      migrations: Pick<MigrationStore, 'get'>;
      rules: RuleStore;
      maxAlertAgeSeconds: number;
    },
  ) {}

  async readRules(): Promise<AskedRules> {
    const rules = await this.listAsked();
    return { identity: identifyRules(rules), listMet: listMetBy(rules) };
  }

  /** Decides about alerts that are due. @returns how many there were */
  async decide(lease: AlertLease, limit: number): Promise<number> {
    const due = await this.options.alerts.listDue('decide', limit);
    if (due.length === 0) return 0;
    const rules = await this.listAsked();
    for (const alert of due) {
      try {
        await this.decideAbout(lease, alert, rules);
      } catch (error) {
        if (error instanceof AlertLeaseLostError) throw error;
        await this.setAside(lease, alert, rules, error as Error);
      }
    }
    return due.length;
  }

  private async decideAbout(
    lease: AlertLease,
    alert: AlertRecord,
    rules: ResponseRule[],
  ) {
    if (alert.judgedBy) await this.supersede(lease, alert, rules);
    const { made, trouble } = await this.consider(alert, rules);
    await this.options.decisions.conclude(lease, alert.id, {
      decisions: made,
      judgedBy: identifyRules(rules),
      trouble,
    });
    for (const decision of made) {
      await this.tell(listener => listener.onDecided(decision, alert));
    }
  }

  /** It is tried again as long as something could still be done about the alert, and then written down that it was in vain. */
  private async setAside(
    lease: AlertLease,
    alert: AlertRecord,
    rules: ResponseRule[],
    error: Error,
  ) {
    const { decisions, logger } = this.options;
    logger.warn(`Cannot decide about alert ${alert.id}: ${error}`);
    if (!this.isStale(alert)) {
      await decisions.putOff(lease, alert.id, RETRY_MS);
      return;
    }
    await decisions.conclude(lease, alert.id, {
      decisions: [],
      judgedBy: identifyRules(rules),
      trouble: troubleOf(error),
    });
  }

  private isStale({ receivedAt, lastAt }: AlertRecord) {
    const latest = Math.max(Date.parse(receivedAt), Date.parse(lastAt));
    return Date.now() - latest >= this.options.maxAlertAgeSeconds * 1000;
  }

  /** The rules have changed since the alert was judged: what they wanted and was not begun is not wanted any more. */
  private async supersede(
    lease: AlertLease,
    alert: AlertRecord,
    rules: ResponseRule[],
  ) {
    const { decisions } = this.options;
    await this.tellOf(await decisions.supersede(lease, alert.id, rules));
  }

  private async tellOf(ids: string[]) {
    for (const id of ids) {
      const changed = await this.options.decisions.get(id);
      if (changed) await this.tell(listener => listener.onChanged(changed));
    }
  }

  private async listAsked() {
    const rules = await this.options.rules.list();
    return rules.filter(({ mode }) => mode !== 'off');
  }

  /** @throws if the cluster cannot tell what must be known, as long as that may help; later, other rules do without it */
  private async consider(
    alert: AlertRecord,
    rules: ResponseRule[],
  ): Promise<{ made: DecisionRecord[]; trouble?: string }> {
    const made: DecisionRecord[] = [];
    let trouble: string | undefined;
    const before = alert.judgedBy
      ? await this.options.decisions.listOfAlert(alert.id)
      : [];
    for (const rule of rules) {
      if (!isMatch(rule.match, alert)) continue;
      if (before.some(decision => isOf(decision, rule))) {
        if (!rule.continue) break;
        continue;
      }
      const touchesPod =
        this.options.actions.get(rule.action)?.touchesPod ?? false;
      try {
        const facts = await this.options.facts.read(alert, rule, touchesPod);
        made.push(
          judge({
            ...facts,
            ofAlert: [...made, ...facts.ofAlert],
            earlier: [...made.map(toEarlier), ...facts.earlier],
          }),
        );
      } catch (error) {
        if (!this.isStale(alert)) throw error;
        trouble = troubleOf(error as Error);
      }
      if (!rule.continue) break;
    }
    return { made, trouble };
  }

  /** Begins what was decided or approved, and was not begun, or was while a backend stopped. @returns how many there were */
  async act(lease: AlertLease): Promise<number> {
    const { decisions, logger } = this.options;
    const waiting = await decisions.listByStatus(['pending', 'acting']);
    const due = waiting.filter(
      ({ status, migration }) => status === 'pending' || !migration,
    );
    for (const decision of due) {
      try {
        await this.begin(lease, decision);
      } catch (error) {
        if (error instanceof AlertLeaseLostError) throw error;
        logger.warn(`Cannot begin the response ${decision.id} yet: ${error}`);
      }
    }
    return due.length;
  }

  private async begin(lease: AlertLease, decision: DecisionRecord) {
    const { actions, alerts, rules } = this.options;
    const alert = await alerts.getRecord(decision.alert);
    const rule = await rules.get(decision.rule.id);
    const action = actions.get(decision.action);
    if (!alert || !rule || !action) {
      await this.change(lease, decision, {
        status: 'failed',
        outcome: action
          ? 'The response rule was deleted in the meantime'
          : `No module provides the action '${decision.action}' any more`,
      });
      return;
    }
    const isBegun = decision.status === 'acting';
    if (!isBegun && rule.revision !== decision.rule.revision) {
      // What was decided, or approved, is not what the rule says now.
      await this.change(lease, decision, {
        status: 'not-acted',
        outcome: `Not done: ${rule.updatedBy} has changed the rule since`,
      });
      return;
    }
    try {
      const objection =
        !isBegun && (await this.askAgain(decision, alert, rule));
      if (objection) {
        const done = decision.actor ? 'Approved, but not done' : 'Not done';
        await this.change(lease, decision, {
          status: 'not-acted',
          outcome: `${done}: ${objection}`,
        });
        return;
      }
      await this.change(lease, decision, { status: 'acting' });
      const result = await action.begin({ decision, alert, rule });
      await this.change(lease, decision, result);
    } catch (error) {
      if (error instanceof AlertLeaseLostError) throw error;
      this.options.logger.warn(`The response ${decision.id} failed: ${error}`);
      await this.change(lease, decision, {
        status: 'failed',
        outcome: troubleOf(error as Error),
      });
    }
  }

  /** What has come to stand against it while it waited: for approval, behind others, or for a backend to start again. */
  private async askAgain(
    decision: DecisionRecord,
    alert: AlertRecord,
    rule: ResponseRule,
  ) {
    const facts = await this.options.facts.read(
      alert,
      rule,
      decision.touchesPod,
    );
    // It counts itself as pending.
    const earlier = facts.earlier.filter(
      ({ createdAt }) => createdAt !== Date.parse(decision.createdAt),
    );
    return askGuards({ ...facts, earlier }, { isDecided: true })?.reason;
  }

  /** Follows migrations to their ends, and ends approvals that nobody gave. */
  async follow(lease: AlertLease): Promise<void> {
    const { decisions, logger, migrations } = this.options;
    for (const decision of await decisions.listByStatus(['acting'])) {
      if (!decision.migration) continue;
      try {
        const change = endOf(await migrations.get(decision.migration));
        if (change) await this.change(lease, decision, change);
      } catch (error) {
        if (error instanceof AlertLeaseLostError) throw error;
        logger.warn(`Cannot follow the response ${decision.id}: ${error}`);
      }
    }
    await this.tellOf(await decisions.expire(lease));
  }

  private async change(
    lease: AlertLease,
    decision: DecisionRecord,
    change: DecisionChange,
  ) {
    await this.options.decisions.update(lease, decision.id, change);
    await this.tell(listener => listener.onChanged({ ...decision, ...change }));
  }

  /** What was decided stands, whether or not anybody can be told of it. */
  private async tell(telling: (listener: DecisionListener) => Promise<void>) {
    try {
      await telling(this.options.listener);
    } catch (error) {
      this.options.logger.warn(`Cannot tell of a response: ${error}`);
    }
  }
}

/** Whether a decision is this revision's of the rule. */
function isOf({ rule }: Decision, { id, revision }: ResponseRule) {
  return rule.id === id && rule.revision === revision;
}
