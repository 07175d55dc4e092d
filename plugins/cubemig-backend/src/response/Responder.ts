import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Decision,
  Migration,
  ResponseRule,
} from '@cubemig/plugin-cubemig-common';
import {
  AlertLease,
  AlertLeaseLostError,
  AlertRecord,
  AlertStore,
  AskedRules,
} from '../alerts';
import { MigrationStore } from '../migration';
import { ResponseActions } from './actions';
import {
  DecisionChange,
  DecisionRecord,
  DecisionStore,
  judge,
} from './decisions';
import { askGuards, EarlierDecision, GuardFactsReader } from './guards';
import { identifyRules, isMatch, listMetBy, RuleStore } from './rules';

/** A cluster that does not tell about a pod may do so a little later; the guard `stale` ends that. */
const RETRY_MS = 5_000;

/** Told about decisions: for the page, the audit log, people and figures. */
export interface DecisionListener {
  onDecided(decision: DecisionRecord, alert: AlertRecord): Promise<void>;
  onChanged(decision: DecisionRecord): Promise<void>;
}

/** Decides about alerts, acts, and follows what comes of it. */
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
    const { alerts, decisions, listener } = this.options;
    const due = await alerts.listDue('decide', limit);
    if (due.length === 0) return 0;
    const rules = await this.listAsked();
    for (const alert of due) {
      if (alert.judgedBy) await this.supersede(lease, alert, rules);
      const made = await this.consider(alert, rules);
      if (made) {
        await decisions.conclude(lease, alert.id, {
          decisions: made,
          judgedBy: identifyRules(rules),
        });
        for (const decision of made) await listener.onDecided(decision, alert);
      } else {
        await decisions.putOff(lease, alert.id, RETRY_MS);
      }
    }
    return due.length;
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
    const { decisions, listener } = this.options;
    for (const id of ids) {
      const changed = await decisions.get(id);
      if (changed) await listener.onChanged(changed);
    }
  }

  private async listAsked() {
    const rules = await this.options.rules.list();
    return rules.filter(({ mode }) => mode !== 'off');
  }

  /** Undefined if the alert's cluster cannot tell what must be known. */
  private async consider(
    alert: AlertRecord,
    rules: ResponseRule[],
  ): Promise<DecisionRecord[] | undefined> {
    const made: DecisionRecord[] = [];
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
            earlier: [...made.map(toEarlier), ...facts.earlier],
          }),
        );
      } catch (error) {
        const latest = Math.max(
          Date.parse(alert.receivedAt),
          Date.parse(alert.lastAt),
        );
        const ageMs = Date.now() - latest;
        this.options.logger.warn(
          `Cannot decide about alert ${alert.id} yet: ${error}`,
        );
        if (ageMs < this.options.maxAlertAgeSeconds * 1000) return undefined;
      }
      if (!rule.continue) break;
    }
    return made;
  }

  /** Begins what was decided or approved, and was not begun, or was while a backend stopped. @returns how many there were */
  async act(lease: AlertLease): Promise<number> {
    const waiting = await this.options.decisions.listByStatus([
      'pending',
      'acting',
    ]);
    const due = waiting.filter(
      ({ status, migration }) => status === 'pending' || !migration,
    );
    for (const decision of due) await this.begin(lease, decision);
    return due.length;
  }

  private async begin(lease: AlertLease, decision: DecisionRecord) {
    const { actions, alerts, rules, logger } = this.options;
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
      if (!isBegun) {
        const objection = await this.askAgain(decision, alert, rule);
        if (objection) {
          await this.change(lease, decision, {
            status: 'not-acted',
            outcome: `${
              decision.actor ? 'Approved, but not' : 'Not'
            } done: ${objection}`,
          });
          return;
        }
      }
      await this.change(lease, decision, { status: 'acting' });
      const result = await action.begin({ decision, alert, rule });
      await this.change(lease, decision, result);
    } catch (error) {
      if (error instanceof AlertLeaseLostError) throw error;
      logger.warn(`The response ${decision.id} failed: ${error}`);
      await this.change(lease, decision, {
        status: 'failed',
        outcome: (error as Error).message.slice(0, 1000),
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
    const { decisions, migrations } = this.options;
    for (const decision of await decisions.listByStatus(['acting'])) {
      if (!decision.migration) continue;
      const migration = await migrations.get(decision.migration);
      const change = endOf(migration);
      if (change) await this.change(lease, decision, change);
    }
    await this.tellOf(await decisions.expire(lease));
  }

  private async change(
    lease: AlertLease,
    decision: DecisionRecord,
    change: DecisionChange,
  ) {
    await this.options.decisions.update(lease, decision.id, change);
    await this.options.listener.onChanged({ ...decision, ...change });
  }
}

/** What a migration's end means for the decision that started it; undefined while it lasts. */
function endOf(migration: Migration | undefined): DecisionChange | undefined {
  switch (migration?.status) {
    case undefined:
      return { status: 'failed', outcome: 'The migration was removed' };
    case 'completed':
      return {
        status: 'succeeded',
        outcome: migration.target
          ? `${migration.target.pod} runs on ${migration.target.cluster}`
          : 'The checkpoint is in the registry',
      };
    case 'failed':
      return {
        status: 'failed',
        outcome: migration.failure?.message ?? 'The migration failed',
      };
    case 'cancelled':
      return {
        status: 'failed',
        outcome: `The migration was cancelled by ${
          migration.cancelledBy ?? 'somebody'
        }`,
      };
    default:
      return undefined;
  }
}

/** Whether a decision is this revision's of the rule. */
function isOf({ rule }: Decision, { id, revision }: ResponseRule) {
  return rule.id === id && rule.revision === revision;
}

function toEarlier(decision: DecisionRecord): EarlierDecision {
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
