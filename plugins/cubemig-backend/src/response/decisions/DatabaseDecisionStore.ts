import { ConflictError, NotFoundError } from '@backstage/errors';
import { DecisionStatus, ResponseRule } from '@cubemig/plugin-cubemig-common';
import { Knex } from 'knex';
import { AlertLease, AlertRow, DatabaseAlertStore } from '../../alerts';
import { EarlierDecision } from '../guards';
import { DecisionRow, toDecision, toRecord, toRow } from './DecisionRow';
import { DecisionChange, DecisionStore } from './DecisionStore';
import { listDecisions } from './listDecisions';

/** As many as guards can need: limits and breakers count far fewer. */
const EARLIER = 1000;

const NOT_BEGUN: DecisionStatus[] = ['awaiting-approval', 'pending'];

/** Keeps decisions in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseDecisionStore implements DecisionStore {
  constructor(
    private readonly knex: Knex,
    private readonly alerts: Pick<DatabaseAlertStore, 'whileHeld'>,
  ) {}

  async conclude(
    lease: AlertLease,
    alert: string,
    { decisions, judgedBy, trouble }: Parameters<DecisionStore['conclude']>[2],
  ) {
    await this.alerts.whileHeld(lease, async transaction => {
      if (decisions.length > 0) {
        await transaction('decisions').insert(decisions.map(toRow));
      }
      await transaction<AlertRow>('alerts')
        .where({ id: alert })
        .update({
          stage: 'done',
          judged_by: judgedBy,
          trouble: trouble ?? null,
          ...(decisions.length > 0 && { decision_id: decisions.at(-1)?.id }),
        });
    });
  }

  async putOff(lease: AlertLease, alert: string, milliseconds: number) {
    await this.alerts.whileHeld(lease, transaction =>
      transaction<AlertRow>('alerts')
        .where({ id: alert, stage: 'decide' })
        .update({ due_at: new Date(Date.now() + milliseconds).toISOString() }),
    );
  }

  async get(id: string) {
    const row = await this.table().where({ id }).first();
    return row && toRecord(row);
  }

  async list(query: Parameters<DecisionStore['list']>[0]) {
    return listDecisions(this.knex, query);
  }

  async listOfAlert(alert: string) {
    const rows = await this.table()
      .where({ alert_id: alert })
      .orderBy('created_at', 'desc')
      .orderBy('id');
    return rows.map(toDecision);
  }

  async listByStatus(status: DecisionStatus[]) {
    const rows = await this.table()
      .whereIn('status', status)
      .orderBy('created_at')
      .limit(200);
    return rows.map(toRecord);
  }

  async listEarlier(
    selection: Parameters<DecisionStore['listEarlier']>[0],
  ): Promise<EarlierDecision[]> {
    const { cluster, lineage, since } = selection;
    const rows = await this.table()
      .select('decisions.*', {
        // The workload went on: the response did not stop what it was against.
        was_useless: this.knex('alerts')
          .whereRaw('alerts.lineage = decisions.lineage')
          .whereRaw('alerts.received_at > decisions.updated_at')
          .andWhere({ 'alerts.kind': 'alert' })
          .select(this.knex.raw('1'))
          .limit(1),
      })
      .where('created_at', '>', since)
      .andWhere(relevant => {
        relevant.where({ touches_pod: true });
        if (lineage) relevant.orWhere({ lineage });
        else relevant.orWhere({ cluster });
      })
      .whereNot({ status: 'not-acted' })
      // First of all, what was done to pods: an attacker can make as many of the others as he likes.
      .orderBy('touches_pod', 'desc')
      .orderBy('created_at', 'desc')
      .limit(EARLIER);
    return rows.map((row: DecisionRow & { was_useless: number | null }) => ({
      cluster: row.cluster,
      lineage: row.lineage ?? undefined,
      rule: row.rule_id,
      action: row.action,
      status: row.status,
      createdAt: Date.parse(row.created_at),
      touchesPod: Boolean(row.touches_pod),
      wasUseless:
        row.action === 'migrate' &&
        row.status === 'succeeded' &&
        Boolean(row.was_useless),
    }));
  }

  async update(lease: AlertLease, id: string, change: DecisionChange) {
    await this.alerts.whileHeld(lease, transaction =>
      this.change(transaction, id, change),
    );
  }

  async expire(lease: AlertLease) {
    const now = new Date().toISOString();
    return this.alerts.whileHeld(lease, async transaction => {
      const rows = await transaction<DecisionRow>('decisions')
        .where({ status: 'awaiting-approval' })
        .andWhere('expires_at', '<=', now);
      return this.lapse(transaction, rows, 'Nobody approved it in time');
    });
  }

  async supersede(lease: AlertLease, alert: string, rules: ResponseRule[]) {
    return this.alerts.whileHeld(lease, async transaction => {
      const rows = await transaction<DecisionRow>('decisions')
        .where({ alert_id: alert })
        .whereIn('status', NOT_BEGUN);
      return this.lapse(
        transaction,
        rows.filter(row => !rules.some(rule => isOf(row, rule))),
        'The rule was changed before it was begun',
      );
    });
  }

  async settle(id: string, by: Parameters<DecisionStore['settle']>[1]) {
    const { isApproved, actor, comment } = by;
    const found = await this.get(id);
    if (!found) throw new NotFoundError(`There is no decision '${id}'`);
    const isLate = found.expiresAt && Date.parse(found.expiresAt) <= Date.now();
    const settled =
      !isLate &&
      (await this.knex.transaction(transaction =>
        this.change(
          transaction,
          id,
          {
            status: isApproved ? 'pending' : 'rejected',
            actor,
            comment,
          },
          'awaiting-approval',
        ),
      ));
    if (!settled) {
      throw new ConflictError(
        `The decision does not wait for approval any more (${
          isLate ? 'expired' : found.status
        }); reload it`,
      );
    }
    return toDecision((await this.table().where({ id }).first())!);
  }

  async getSwitch() {
    const row = await this.knex('response_switch').where({ id: 1 }).first();
    return {
      isOn: Boolean(row.is_on),
      changedBy: row.changed_by ?? undefined,
      changedAt: row.changed_at ?? undefined,
      reason: row.reason ?? undefined,
    };
  }

  async setSwitch(isOn: boolean, by: string, reason?: string) {
    await this.knex('response_switch')
      .where({ id: 1 })
      .update({
        is_on: isOn,
        changed_by: by,
        changed_at: new Date().toISOString(),
        reason: reason ?? null,
      });
    return this.getSwitch();
  }

  /** Ends what was not begun. @returns the ids */
  private async lapse(
    transaction: Knex.Transaction,
    rows: DecisionRow[],
    outcome: string,
  ): Promise<string[]> {
    for (const { id, status } of rows) {
      await this.change(
        transaction,
        id,
        { status: 'expired', outcome },
        status,
      );
    }
    return rows.map(({ id }) => id);
  }

  /** Resolves to whether there was such a decision in the expected status. */
  private async change(
    transaction: Knex.Transaction,
    id: string,
    change: DecisionChange & { actor?: string; comment?: string },
    expected?: DecisionStatus,
  ): Promise<boolean> {
    const query = transaction<DecisionRow>('decisions').where({ id });
    if (expected) query.andWhere({ status: expected });
    const row = await query.forUpdate().first();
    if (!row) return false;
    const updatedAt = new Date().toISOString();
    const record = { ...toRecord(row), ...change, updatedAt };
    await transaction<DecisionRow>('decisions')
      .where({ id })
      .update(toRow(record));
    return true;
  }

  private table() {
    return this.knex<DecisionRow>('decisions');
  }
}

function isOf(row: DecisionRow, { id, revision }: ResponseRule) {
  return row.rule_id === id && row.rule_revision === revision;
}
